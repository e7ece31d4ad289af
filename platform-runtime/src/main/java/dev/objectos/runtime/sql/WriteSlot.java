package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.spi.ChangeRecorder;
import org.jspecify.annotations.Nullable;

/** What a parameter of a compiled write stands for; values are put in when the statement is sent. */
sealed interface WriteSlot {

    /** The session's tenant, {@code uuid}. */
    record Tenant() implements WriteSlot {}

    /** The acting user's record, {@code uuid}. */
    record Actor() implements WriteSlot {}

    /** The moment of the change, {@code timestamptz}. */
    record Now() implements WriteSlot {}

    /** The record's id where the statement changes a single one, {@code uuid}. */
    record RecordId() implements WriteSlot {}

    /** A field's value where the statement changes a single record. */
    record Value(String field, ColumnType.Base type) implements WriteSlot {}

    /** What an event says about a record that the statement creates, {@code jsonb}. */
    record Created() implements WriteSlot {}

    /** The version that the writer expects, {@code bigint}; null: any. */
    record ExpectedVersion() implements WriteSlot {}

    /** The moment of the last change that the writer expects, {@code timestamptz}; null: any. */
    record ExpectedMoment() implements WriteSlot {}

    /** All records of a statement that changes several, as a JSON array. */
    record Rows() implements WriteSlot {}

    /** The ids of the records of a statement that changes several, {@code uuid[]}. */
    record RowIds() implements WriteSlot {}

    /** How many records the statement changes, {@code bigint}. */
    record RowCount() implements WriteSlot {}

    /** The ids of the records of one object that the statement deletes, {@code uuid[]}. */
    record Ids(String object) implements WriteSlot {}

    /** What the deletion is called, {@code uuid}. */
    record Deletion() implements WriteSlot {}

    /** What took along which record, {@code jsonb}: id → {object, record, field}; null: all are deleted by themselves. */
    record Causes() implements WriteSlot {}

    /** What a number of that format is counted under, {@code text}. */
    record NumberPeriod(FieldType.AutoNumber type) implements WriteSlot {}

    /** The text before a number of that format, {@code text}. */
    record NumberPrefix(FieldType.AutoNumber type) implements WriteSlot {}

    /** The text after a number of that format, {@code text}. */
    record NumberSuffix(FieldType.AutoNumber type) implements WriteSlot {}

    /** A value known when the statement was made, for statements that are not kept. */
    record Given(ColumnType.Base type, @Nullable Object value) implements WriteSlot {}

    /** A parameter of the read that shows the written record. */
    record Answer(PreparedQuery.Parameter parameter) implements WriteSlot {}

    /** What was noted about the records of the statement, {@code jsonb}: id → key → note; null: nothing. */
    record Notes() implements WriteSlot {}

    /** Something that a recorder takes from the session. */
    record Recorded(ChangeRecorder.FromSession source) implements WriteSlot {}
}
