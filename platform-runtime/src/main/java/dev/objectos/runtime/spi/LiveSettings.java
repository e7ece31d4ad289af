package dev.objectos.runtime.spi;

import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;

/** Settings that may change while the server runs; all others are read at the start alone. */
public interface LiveSettings {

    /** Names of settings, or what the names of several begin with, such as {@code logging.level}. */
    List<String> names();

    /**
     * Has the server go on with the settings as they are now. They have been checked; what throws nevertheless has all changes
     * taken back.
     */
    void apply(Binder settings);
}
