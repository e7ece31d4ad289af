package dev.objectos.auth.scim;

import org.jspecify.annotations.Nullable;

/** A refusal in SCIM's own words. */
final class ScimException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String type;

    /** @param type one of RFC 7644's {@code scimType}s; null: none fits */
    ScimException(int status, @Nullable String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static ScimException invalidValue(String message) {
        return new ScimException(400, "invalidValue", message);
    }

    static ScimException invalidFilter(String message) {
        return new ScimException(400, "invalidFilter", message);
    }

    int status() {
        return status;
    }

    @Nullable
    String type() {
        return type;
    }
}
