package dev.objectos.runtime.spi;

import java.util.List;

/** The plugins of this server. */
public interface Plugins {

    /** All of them, each after those that it depends on. */
    List<PluginSummary> summaries();

    /** The parts of the runtime beside them, which can be switched when the server starts, or not at all. */
    default List<RuntimeCapability> capabilities() {
        return List.of();
    }

    /** The protocols that they speak on this node, beside HTTP. */
    default List<PluginProtocol> protocols() {
        return List.of();
    }
}
