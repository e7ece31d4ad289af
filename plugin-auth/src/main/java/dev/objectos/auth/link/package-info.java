/** Addresses of this server in mails. */
@NullMarked
package dev.objectos.auth.link;

import org.jspecify.annotations.NullMarked;
