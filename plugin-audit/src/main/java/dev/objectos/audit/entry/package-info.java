/** Entries of the trail: how they are written, with what they tell of, and how they are found again. */
@NullMarked
package dev.objectos.audit.entry;

import org.jspecify.annotations.NullMarked;
