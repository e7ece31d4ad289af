package dev.objectos.runtime.mail;

/** A mail that was not sent, and whether it may be later. */
public final class MailFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean temporary;

    MailFailure(String reason, boolean temporary, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
        this.temporary = temporary;
    }

    MailFailure(String reason) {
        super(reason);
        this.reason = reason;
        this.temporary = false;
    }

    /** For people. */
    public String reason() {
        return reason;
    }

    /** Whether another try may help. */
    public boolean temporary() {
        return temporary;
    }
}
