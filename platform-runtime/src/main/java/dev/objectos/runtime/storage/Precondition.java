package dev.objectos.runtime.storage;

/** What must hold for a change to be made; an expired entry is absent. */
public sealed interface Precondition {

    /** Nothing. */
    record None() implements Precondition {}

    /** There is no entry. */
    record Absent() implements Precondition {}

    /** The entry is still the one of that revision. */
    record Revision(long revision) implements Precondition {}
}
