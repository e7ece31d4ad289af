/** Tests of mails. */
@org.jspecify.annotations.NullMarked
package dev.objectos.automation.mail;
