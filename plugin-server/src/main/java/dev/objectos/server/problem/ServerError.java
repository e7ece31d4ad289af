package dev.objectos.server.problem;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.ErrorKind;

/** The codes that this module itself refuses with: the request's form does not fit the endpoint. */
public enum ServerError implements ErrorCode {

    METHOD_NOT_ALLOWED(405, "The method is not allowed here"), //
    NOT_ACCEPTABLE(406, "No such representation"), //
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported");

    private final int status;
    private final String title;

    ServerError(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }

    @Override
    public String title() {
        return title;
    }

    /** The HTTP status, which these codes share with no other of their kind. */
    int status() {
        return status;
    }
}
