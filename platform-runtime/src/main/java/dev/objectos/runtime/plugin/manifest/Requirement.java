package dev.objectos.runtime.plugin.manifest;

/**
 * Which versions of something a plugin works with.
 *
 * @param optional whether it also works where the thing is absent; one that is there must still be in the range
 */
public record Requirement(VersionRange range, boolean optional) {}
