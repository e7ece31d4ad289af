package dev.objectos.runtime;

/** What sort of refusal an {@link ErrorCode} is; a surface maps the kind to its own status. */
public enum ErrorKind {
    /** The request is wrong; the caller can mend it. */
    USER,
    /** Nobody has signed in. */
    UNAUTHENTICATED,
    /** Somebody has signed in but may not. */
    DENIED,
    /** It does not exist, or may not be known to exist. */
    NOT_FOUND,
    /** It clashes with what is stored. */
    CONFLICT,
    /** It is larger than accepted. */
    TOO_LARGE,
    /** It is well formed yet cannot be processed. */
    UNPROCESSABLE,
    /** It comes too often. */
    LIMIT,
    /** A fault of ours. */
    INTERNAL,
    /** Try again later. */
    UNAVAILABLE
}
