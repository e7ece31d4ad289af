/** What credentials may be limited to, and where that is enforced. */
@NullMarked
package dev.objectos.auth.scope;

import org.jspecify.annotations.NullMarked;
