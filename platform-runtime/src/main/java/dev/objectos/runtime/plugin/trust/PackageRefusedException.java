package dev.objectos.runtime.plugin.trust;

/** A package that is not opened; nothing of it has been run. The message says what is wrong and where. */
public final class PackageRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What kind of wrong it is. */
    public enum Reason {
        /** No package at all, or one that is built to mean different things to different readers. */
        MALFORMED,
        /** More of something than is allowed. */
        TOO_LARGE,
        /** Something in it has no place in a plugin. */
        FORBIDDEN_CONTENT,
        /** The manifest is missing or wrong. */
        INVALID_MANIFEST,
        /** Not signed, or not by somebody who is trusted, or changed afterwards. */
        UNTRUSTED
    }

    PackageRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static PackageRefusedException malformed(String message) {
        return new PackageRefusedException(Reason.MALFORMED, message);
    }

    static PackageRefusedException tooLarge(String message) {
        return new PackageRefusedException(Reason.TOO_LARGE, message);
    }

    static PackageRefusedException forbidden(String message) {
        return new PackageRefusedException(Reason.FORBIDDEN_CONTENT, message);
    }

    static PackageRefusedException invalid(String message) {
        return new PackageRefusedException(Reason.INVALID_MANIFEST, message);
    }

    static PackageRefusedException untrusted(String message) {
        return new PackageRefusedException(Reason.UNTRUSTED, message);
    }
}
