/** Accounts, sessions and tenants as objects that administrators read. */
@NullMarked
package dev.objectos.auth.systemobject;

import org.jspecify.annotations.NullMarked;
