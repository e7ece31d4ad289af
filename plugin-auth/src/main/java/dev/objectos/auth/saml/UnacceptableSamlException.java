package dev.objectos.auth.saml;

/** What a browser has brought does not show that the provider says who somebody is. */
final class UnacceptableSamlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason for security events and logs, not for the caller */
    UnacceptableSamlException(String reason) {
        super(reason);
    }

    UnacceptableSamlException(String reason, Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
