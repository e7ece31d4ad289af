/** Rows of files become records: columns, cells, names of other records, and jobs that do it in the background. */
@NullMarked
package dev.objectos.runtime.intake;

import org.jspecify.annotations.NullMarked;
