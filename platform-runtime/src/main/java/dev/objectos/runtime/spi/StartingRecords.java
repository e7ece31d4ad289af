package dev.objectos.runtime.spi;

import java.util.UUID;

/** The records that applications start with, from the data files of plugins. */
public interface StartingRecords {

    /** Gives them to a tenant that has just been made, demonstrations excepted; what cannot be given is logged. */
    void giveTo(UUID tenant);
}
