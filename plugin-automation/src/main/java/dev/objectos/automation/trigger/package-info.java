/** Triggers as they were written, compiled against the catalog. */
@NullMarked
package dev.objectos.automation.trigger;

import org.jspecify.annotations.NullMarked;
