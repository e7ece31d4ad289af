package dev.objectos.runtime;

/** The codes that the runtime itself refuses with. */
public enum RuntimeError implements ErrorCode {

    VALIDATION_FAILED(ErrorKind.USER, "Validation failed"), //
    INVALID_REQUEST(ErrorKind.USER, "The request cannot be read"), //
    INVALID_FIELD(ErrorKind.USER, "Unknown field"), //
    INVALID_FILTER(ErrorKind.USER, "The filter cannot be used"), //
    INVALID_SORT(ErrorKind.USER, "The sort cannot be used"), //
    INVALID_QUERY(ErrorKind.USER, "The query cannot be used"), //
    UNAUTHENTICATED(ErrorKind.UNAUTHENTICATED, "Sign in first"), //
    PERMISSION_DENIED(ErrorKind.DENIED, "Not permitted"), //
    OBJECT_NOT_FOUND(ErrorKind.NOT_FOUND, "Unknown object"), //
    RECORD_NOT_FOUND(ErrorKind.NOT_FOUND, "Unknown record"), //
    RESOURCE_NOT_FOUND(ErrorKind.NOT_FOUND, "Nothing here"), //
    UNIQUE_VIOLATION(ErrorKind.CONFLICT, "The value is taken"), //
    CONCURRENT_UPDATE(ErrorKind.CONFLICT, "The record has changed meanwhile"), //
    DELETE_RESTRICTED(ErrorKind.CONFLICT, "Other records depend on this one"), //
    DESTRUCTIVE_CHANGE(ErrorKind.CONFLICT, "The change would lose data"), //
    STORAGE_CONFLICT(ErrorKind.CONFLICT, "The stored value does not allow it"), //
    PLUGIN_CONFLICT(ErrorKind.CONFLICT, "Other plugins stand in the way"), //
    UNTRUSTED_PLUGIN(ErrorKind.DENIED, "The plugin is not trusted"), //
    INVALID_PLUGIN(ErrorKind.UNPROCESSABLE, "The plugin cannot be used"), //
    VETOED(ErrorKind.UNPROCESSABLE, "A plugin refuses it"), //
    IDEMPOTENCY_KEY_REUSED(ErrorKind.UNPROCESSABLE, "The key was used with another request"), //
    INVALID_METADATA(ErrorKind.UNPROCESSABLE, "The metadata cannot be used"), //
    IMPORT_NOT_UNDOABLE(ErrorKind.UNPROCESSABLE, "The import cannot be undone"), //
    PAYLOAD_TOO_LARGE(ErrorKind.TOO_LARGE, "The request is too large"), //
    NOT_IMPLEMENTED(ErrorKind.UNPROCESSABLE, "There is nothing that does it"), //
    RATE_LIMITED(ErrorKind.LIMIT, "Too many requests"), //
    QUOTA_EXCEEDED(ErrorKind.LIMIT, "The quota is used up"), //
    PLUGIN_FAILED(ErrorKind.INTERNAL, "A plugin failed"), //
    PLUGIN_TIMEOUT(ErrorKind.UNAVAILABLE, "A plugin took too long"), //
    PLUGIN_SUSPENDED(ErrorKind.UNAVAILABLE, "A plugin is suspended"), //
    INTERNAL(ErrorKind.INTERNAL, "Something went wrong on the server"), //
    UNAVAILABLE(ErrorKind.UNAVAILABLE, "Not available at the moment");

    private final ErrorKind kind;
    private final String title;

    RuntimeError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
