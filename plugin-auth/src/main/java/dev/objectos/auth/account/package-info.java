/** Accounts: who can sign in, and in which tenants they may act. */
@NullMarked
package dev.objectos.auth.account;

import org.jspecify.annotations.NullMarked;
