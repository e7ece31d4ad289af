package dev.objectos.runtime;

/**
 * What is wrong with one field of a write.
 *
 * @param field the field's API name; empty: whoever is told may not know which it is
 * @param code machine-readable, such as {@code required}, {@code max_length}, {@code invalid_type}
 * @param message for people
 */
public record FieldError(String field, String code, String message) {}
