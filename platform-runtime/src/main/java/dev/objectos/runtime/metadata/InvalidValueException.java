package dev.objectos.runtime.metadata;

/** A value that a field cannot hold; the code is that of a field error, such as {@code invalid_type}. */
public final class InvalidValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    public InvalidValueException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The message for the caller, without the field's name. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
