package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row of its own for each changed record, in the statement that changes it: both or neither. The outbox is one, an
 * audit trail another.
 */
public interface ChangeRecorder {

    /** Whether changes of that object's records are recorded. */
    default boolean records(@SuppressWarnings("unused") ObjectDefinition object) {
        return true;
    }

    /** The same, with the snapshot that the object is of; asked once for each. */
    default boolean records(ObjectDefinition object, @SuppressWarnings("unused") Catalog catalog) {
        return records(object);
    }

    /** Schema and name of the table, to which the role of requests may add rows. */
    Table table();

    /** What goes into which column; columns not named get their defaults. */
    List<Column> columns();

    /** A table of the platform's or of a plugin's own schema. */
    record Table(String schema, String name) {}

    /** A column and what it gets. */
    record Column(String name, Source source) {}

    /** Where a column's value comes from. */
    sealed interface Source {}

    /** A part of the change itself, known inside the statement. */
    enum Part implements Source {
        /** {@code uuid}. */
        TENANT,
        /** The object's API name, {@code text}. */
        OBJECT,
        /** The record's id, {@code uuid}. */
        RECORD,
        /** {@code create}, {@code update} or {@code delete}, {@code text}. */
        ACTION,
        /** {@code jsonb}: <code>{"field":{"from":…,"to":…}}</code>, without values of password and secret fields. */
        CHANGES,
        /** The version after the change, {@code bigint}. */
        VERSION,
        /** The moment of the change, {@code timestamptz}. */
        AT
    }

    /**
     * What interceptors have noted about the change under a key, {@code jsonb}. A recorder that has such a column adds no row
     * for a change about which nothing was noted.
     */
    record Note(String key) implements Source {}

    /** Something that the session knows, and that the object has a say in; asked once for each statement that is compiled. */
    record FromObject(BiFunction<ObjectDefinition, Catalog, FromSession> source) implements Source {}

    /**
     * Something that the session knows, the same for every row of the statement.
     *
     * @param sqlType PostgreSQL type of the column, such as {@code uuid}
     * @param value called when the statement is sent; a String, UUID, Long, Boolean or null
     */
    record FromSession(String sqlType, Function<Session, @Nullable Object> value) implements Source {}
}
