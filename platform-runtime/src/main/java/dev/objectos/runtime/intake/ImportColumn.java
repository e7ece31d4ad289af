package dev.objectos.runtime.intake;

import dev.objectos.runtime.metadata.FieldDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A column whose cells are written.
 *
 * @param header as the file names it
 * @param by the field of the record that a lookup leads to by which its cells name it; null: its id, its external id or its
 *        name, whichever fits
 */
record ImportColumn(String header, FieldDefinition field, @Nullable String by) {}
