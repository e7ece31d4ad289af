/** What mails say. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.mail;
