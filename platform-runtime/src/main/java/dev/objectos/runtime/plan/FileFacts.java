package dev.objectos.runtime.plan;

/** What a field may ask of a file before it takes it. */
public record FileFacts(String contentType, long size) {}
