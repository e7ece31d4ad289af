package dev.objectos.runtime.spi;

import java.util.List;

/** The plugins of this server. */
public interface Plugins {

    /** All of them, each after those that it depends on. */
    List<PluginSummary> summaries();
}
