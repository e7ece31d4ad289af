/** Mails to the owners of accounts, in their language. */
@NullMarked
package dev.objectos.auth.mail;

import org.jspecify.annotations.NullMarked;
