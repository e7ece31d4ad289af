package dev.objectos.runtime.event;

/** Something that happened to the server itself, told of in the process alone. Plugins may define their own. */
public interface PlatformEvent {

    /** Lower-case words joined by dots, such as {@code metadata.published}; what patterns of the bus are matched with. */
    String name();
}
