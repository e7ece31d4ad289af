package dev.objectos.runtime.storage;

/**
 * What became of one change.
 *
 * @param existed whether there was an entry before
 * @param revision that the entry has now; zero after a deletion
 * @param number that an increment has led to; zero otherwise
 */
public record StorageResult(boolean existed, long revision, long number) {}
