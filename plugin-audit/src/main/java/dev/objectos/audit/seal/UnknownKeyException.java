package dev.objectos.audit.seal;

/** The trail is sealed with a key that this node does not have. */
public final class UnknownKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownKeyException(String wanted, String had) {
        super("the audit trail is sealed with the key " + wanted + ", and audit.key of this node is " + had
                + "; nodes of one installation share audit.key");
    }
}
