package dev.objectos.runtime.metadata;

/** What happens to a record when the record that it refers to is deleted. */
public enum OnDelete {
    SET_NULL, CASCADE, RESTRICT
}
