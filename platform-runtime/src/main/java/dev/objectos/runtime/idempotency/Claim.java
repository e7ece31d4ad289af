package dev.objectos.runtime.idempotency;

/** What is known of a request when it comes in under its key. */
public sealed interface Claim {

    /** It is to be done now. */
    record Begun(Attempt attempt) implements Claim {}

    /** It has been done and was answered so. */
    record Answered(KeptAnswer answer) implements Claim {}

    /** Somebody else is at it. */
    record Running() implements Claim {}

    /** The key was given with another request. */
    record Reused() implements Claim {}
}
