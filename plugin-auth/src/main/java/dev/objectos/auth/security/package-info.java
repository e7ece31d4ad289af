/** What happened to accounts and sessions, told to whoever keeps record of it. */
@NullMarked
package dev.objectos.auth.security;

import org.jspecify.annotations.NullMarked;
