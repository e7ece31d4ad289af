package dev.objectos.runtime.storage;

/**
 * What a caller says of a file.
 *
 * @param contentType {@code application/octet-stream} where the caller does not know
 */
public record NewFile(String name, String contentType) {}
