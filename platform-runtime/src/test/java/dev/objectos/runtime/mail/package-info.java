/** Tests of mails. */
@org.jspecify.annotations.NullMarked
package dev.objectos.runtime.mail;
