/** Mails, and the way to the mail server. */
@NullMarked
package dev.objectos.runtime.mail;

import org.jspecify.annotations.NullMarked;
