/** Signed tokens that stand for a session, the keys that sign them, and what renews them. */
@NullMarked
package dev.objectos.auth.jwt;

import org.jspecify.annotations.NullMarked;
