/** Files of any number of records: CSV, JSON, lines of JSON, spreadsheets. */
@NullMarked
package dev.objectos.server.export;

import org.jspecify.annotations.NullMarked;
