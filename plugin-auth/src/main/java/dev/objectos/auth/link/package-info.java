/** Addresses in mails, and addresses that clients name. */
@NullMarked
package dev.objectos.auth.link;

import org.jspecify.annotations.NullMarked;
