package dev.objectos.auth;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.ErrorKind;

/** The codes that signing in refuses with. */
public enum AuthError implements ErrorCode {

    INVALID_EMAIL_OR_PASSWORD(ErrorKind.UNAUTHENTICATED, "Wrong e-mail or password"), //
    BASIC_REFUSED(ErrorKind.UNAUTHENTICATED, "The password alone does not open the account"), //
    INVALID_PASSWORD(ErrorKind.USER, "Wrong password"), //
    INVALID_TOKEN(ErrorKind.USER, "The token cannot be used"), //
    INVALID_TWO_FACTOR_CODE(ErrorKind.UNAUTHENTICATED, "The code cannot be used"), //
    AUTHENTICATION_FAILED(ErrorKind.UNAUTHENTICATED, "The passkey cannot be used"), //
    CHALLENGE_NOT_FOUND(ErrorKind.USER, "There is no challenge to answer"), //
    FAILED_TO_VERIFY_REGISTRATION(ErrorKind.USER, "The passkey cannot be added"), //
    SESSION_NOT_FRESH(ErrorKind.DENIED, "The last sign-in was too long ago"), //
    PROVIDER_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such provider"), //
    PROVIDER_REFUSED(ErrorKind.UNAUTHENTICATED, "The provider has not shown who somebody is"), //
    STATE_MISMATCH(ErrorKind.USER, "The sign-in was not begun here"), //
    LAST_WAY_IN(ErrorKind.CONFLICT, "Nothing else opens the account"), //
    LAST_ADMINISTRATOR(ErrorKind.CONFLICT, "Somebody has to administer the organization"), //
    ACCOUNT_NOT_LINKED(ErrorKind.DENIED, "The identity belongs to no account here"), //
    SIGN_UP_REFUSED(ErrorKind.DENIED, "No account is made for this person"), //
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
