/** Forgotten passwords and confirmed addresses, from outside. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.recovery;
