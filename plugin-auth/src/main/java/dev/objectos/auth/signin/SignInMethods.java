package dev.objectos.auth.signin;

import dev.objectos.auth.account.Account;

/** Which ways of signing in the server accepts, beside what each tenant says of it. */
@FunctionalInterface
public interface SignInMethods {

    /** Whether an account may be signed in to so, such as by {@code password}. */
    boolean accept(Account account, String method);
}
