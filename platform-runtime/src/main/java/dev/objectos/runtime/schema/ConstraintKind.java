package dev.objectos.runtime.schema;

/** What a constraint, or a unique index, of a business table guards. */
public enum ConstraintKind {
    /** The record's id. */
    PRIMARY_KEY,
    /** A field that must have a value. */
    REQUIRED,
    /** Values that no two records of a tenant share. */
    UNIQUE,
    /** A lookup's target exists. */
    REFERENCE,
    /** Only the options of a select. */
    OPTIONS,
    /** Neither NaN nor infinite. */
    FINITE
}
