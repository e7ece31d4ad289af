package dev.objectos.runtime.plan;

/**
 * The record that a lookup leads to, where it exists and may be seen.
 *
 * @param lookup the field that refers to it
 * @param target its table and what restricts it
 */
public record Join(Scalar.Column lookup, Rows target) {}
