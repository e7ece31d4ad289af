package dev.objectos.auth;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.ErrorKind;

/** The codes that signing in refuses with. */
public enum AuthError implements ErrorCode {

    INVALID_EMAIL_OR_PASSWORD(ErrorKind.UNAUTHENTICATED, "Wrong e-mail or password"), //
    INVALID_PASSWORD(ErrorKind.USER, "Wrong password"), //
    INVALID_TOKEN(ErrorKind.USER, "The token cannot be used"), //
    INVALID_TWO_FACTOR_CODE(ErrorKind.UNAUTHENTICATED, "The code cannot be used"), //
    ACCOUNT_BANNED(ErrorKind.DENIED, "The account is banned"), //
    REGISTRATION_CLOSED(ErrorKind.DENIED, "Accounts are made by administrators"), //
    SECOND_FACTOR_REQUIRED(ErrorKind.DENIED, "A second factor has to be set up first"), //
    PASSWORD_CHANGE_REQUIRED(ErrorKind.DENIED, "Another password has to be chosen first");

    private final ErrorKind kind;
    private final String title;

    AuthError(ErrorKind kind, String title) {
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
