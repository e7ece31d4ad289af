/** Mail: templates, and the way to the mail server. */
@NullMarked
package dev.objectos.automation.mail;

import org.jspecify.annotations.NullMarked;
