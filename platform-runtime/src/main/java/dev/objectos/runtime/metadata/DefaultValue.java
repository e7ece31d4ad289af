package dev.objectos.runtime.metadata;

/** What a field gets when a create says nothing about it. */
public sealed interface DefaultValue {

    /** A constant: String, Boolean, BigDecimal, List or Map as YAML gave it. */
    record Literal(Object value) implements DefaultValue {}

    /** Computed for each record, from {@code currentUser}, {@code now}, {@code today} and the fields written. */
    record Computed(ExpressionSource expression) implements DefaultValue {}
}
