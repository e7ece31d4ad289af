/** The language of answers, and the texts of the application for clients that show them. */
@NullMarked
package dev.objectos.server.i18n;

import org.jspecify.annotations.NullMarked;
