package dev.objectos.auth.identity;

import dev.objectos.auth.account.Account;

/** A way into accounts beside passwords and providers, such as passkeys. A bean of this type is asked before the last one is taken away. */
@FunctionalInterface
public interface WayIn {

    /** Whether the account's owner can sign in so. */
    boolean opens(Account account);
}
