package dev.objectos.runtime;

/** A stable code that clients may rely on; each module has one enum of them. */
public interface ErrorCode {

    /** The code as clients see it, such as {@code VALIDATION_FAILED}. */
    String name();

    /** What sort of refusal it is. */
    ErrorKind kind();

    /** A short sentence for people, the same for every occurrence. */
    String title();
}
