/** Accounts that people make for themselves, from outside. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.registration;
