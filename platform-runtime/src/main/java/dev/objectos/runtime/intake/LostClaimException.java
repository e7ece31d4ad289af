package dev.objectos.runtime.intake;

/** Another worker has the job; whatever this one was about to do is not done. */
final class LostClaimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostClaimException() {
        super("another worker has the import", null, false, false);
    }
}
