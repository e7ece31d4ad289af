package dev.objectos.automation.run;

/** A run that did not get to its end; another try may. */
final class UnfinishedRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfinishedRunException(String message) {
        super(message, null, false, false);
    }
}
