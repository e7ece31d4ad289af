/** What browsers are given to remember. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.session;
