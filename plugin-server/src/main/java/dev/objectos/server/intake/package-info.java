/** Imports: requests with rows as CSV, JSON or spreadsheets, and the jobs that work them off. */
@NullMarked
package dev.objectos.server.intake;

import org.jspecify.annotations.NullMarked;
