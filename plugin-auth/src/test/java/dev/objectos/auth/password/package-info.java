/** How passwords are kept and compared. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.password;
