/** Forgotten passwords, and addresses that their owners confirm. */
@NullMarked
package dev.objectos.auth.recovery;

import org.jspecify.annotations.NullMarked;
