package dev.objectos.runtime.storage;

import org.jspecify.annotations.Nullable;

/**
 * What the files of a tenant take up, those that are announced included.
 *
 * @param quota how many bytes they may have; null: any number
 */
public record FileUsage(long files, long bytes, @Nullable Long quota) {}
