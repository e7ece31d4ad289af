package dev.objectos.runtime.spi;

import java.util.Map;

/**
 * A plugin as others may know it.
 *
 * @param state where it stands in its life, such as {@code ENABLED}
 * @param dependencies plugin id → range of versions
 * @param builtIn whether it comes with the server, and so cannot be taken away
 * @param reason why it does not run, for people; empty where there is nothing to say
 * @param ring what it may call
 * @param fixed why it cannot be disabled, for people; empty where it can
 * @param access what it asks for beyond its own
 * @param switches {@link #AT_NEXT_START} where a built-in plugin was switched on or off while the server runs; otherwise empty
 */
public record PluginSummary(String id, String name, String version, String description, String publisher, String state,
        Map<String, String> dependencies, boolean builtIn, String reason, Ring ring, String fixed,
        PluginAccess access, String switches) {

    /** When a built-in plugin follows what was decided. */
    public static final String AT_NEXT_START = "next start";

    public PluginSummary {
        dependencies = Map.copyOf(dependencies);
    }

    /** A plugin that comes with the server and is part of it. */
    public PluginSummary(String id, String name, String version, String description, String publisher, String state,
            Map<String, String> dependencies) {
        this(id, name, version, description, publisher, state, dependencies, true, "", Ring.SYSTEM,
                "it comes with the server", PluginAccess.NONE, "");
    }

    /** A plugin that follows at once. */
    public PluginSummary(String id, String name, String version, String description, String publisher, String state,
            Map<String, String> dependencies, boolean builtIn, String reason, Ring ring, String fixed,
            PluginAccess access) {
        this(id, name, version, description, publisher, state, dependencies, builtIn, reason, ring, fixed, access, "");
    }
}
