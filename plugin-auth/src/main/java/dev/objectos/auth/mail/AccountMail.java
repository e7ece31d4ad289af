package dev.objectos.auth.mail;

import java.util.Locale;

/** The mails that identity sends; the texts of each are in {@code mails.properties} under its key. */
public enum AccountMail {

    /** Somebody wants to choose a new password. */
    RESET_PASSWORD,
    /** The password was changed by means of such a mail. */
    PASSWORD_CHANGED,
    /** The owner of an account is to show that mail arrives. */
    VERIFY_EMAIL,
    /** The owner of an address has registered, and is to show that mail arrives. */
    REGISTRATION,
    /** Somebody has registered with the address of an account. */
    REGISTERED_ALREADY,
    /** To a new address, whose owner is to show that mail arrives. */
    CONFIRM_EMAIL,
    /** To the address before, while the new one is not confirmed. */
    EMAIL_CHANGE_ASKED,
    /** To the address before, once the new one counts. */
    EMAIL_CHANGED,
    /** Codes of an authenticator are asked for from now on. */
    SECOND_FACTOR_ENABLED,
    /** And no more. */
    SECOND_FACTOR_DISABLED,
    /** The same, by an administrator. */
    SECOND_FACTOR_REMOVED,
    /** Somebody is asked to join an organization. */
    INVITATION;

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
