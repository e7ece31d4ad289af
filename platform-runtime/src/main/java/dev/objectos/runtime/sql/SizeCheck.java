package dev.objectos.runtime.sql;

/** How the writer of rows knows that they do not fill the memory. Columns are counted from 1. */
sealed interface SizeCheck {

    /** No row can be large. */
    record None() implements SizeCheck {}

    /** @param column that says how many bytes all rows have together; beyond the limit, large values are left out */
    record Together(int column) implements SizeCheck {}

    /** @param column that is null but in rows of which a value is left out for its size */
    record Each(int column) implements SizeCheck {}
}
