/** Secrets that are handed out once and known by their digest. */
@NullMarked
package dev.objectos.auth.token;

import org.jspecify.annotations.NullMarked;
