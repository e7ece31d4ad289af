package dev.objectos.runtime.spi;

import java.util.List;

/** Something that whoever starts the server must read, printed once the server takes requests. */
public interface Announcement {

    /** Lines to print under the address; empty: nothing to say. */
    List<String> lines();
}
