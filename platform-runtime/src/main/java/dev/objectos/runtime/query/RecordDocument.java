package dev.objectos.runtime.query;

import java.util.UUID;

/** One record as its reader sees it, with the version that its ETag shows. */
public record RecordDocument(String object, UUID id, long version, JsonDocument json) {}
