package dev.objectos.runtime.plugin.resolve;

import dev.objectos.runtime.plugin.manifest.PluginManifest;

/**
 * A plugin that wants to start.
 *
 * @param origin where it was found, to tell two of one id apart
 */
public record Candidate(PluginManifest manifest, String origin) {

    public String id() {
        return manifest.id();
    }
}
