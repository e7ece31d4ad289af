package dev.objectos.runtime.sql;

import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/**
 * A statement and how its rows become JSON.
 *
 * @param layout of the rows
 * @param forLargeValues the same for rows with values that this one leaves out for their size; null: it leaves out none,
 *     or the answer is too large
 */
record ReadStatement(Select<?> select, AnswerLayout layout, @Nullable ReadStatement forLargeValues) {

    ReadStatement(Select<?> select, AnswerLayout layout) {
        this(select, layout, null);
    }
}
