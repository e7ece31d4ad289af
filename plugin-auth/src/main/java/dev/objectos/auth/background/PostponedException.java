package dev.objectos.auth.background;

/** The time for some work has not come; it is asked for again after a while, and nobody has to know. */
public final class PostponedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PostponedException(String reason) {
        super(reason);
    }
}
