package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.StoredRecords.mine;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.QueryPart;

/** Statements of the write path about trees, the records of which stand below others of the same object. */
public final class TreeRows {

    private TreeRows() {}

    /**
     * Those of the records that stand below themselves, as far as this write and those before it have come. Nobody else moves a
     * record of that tree until the transaction ends.
     */
    public static Set<UUID> circular(WriteConnection connection, Catalog catalog, ObjectDefinition object,
            FieldDefinition parent, Collection<?> ids) throws SQLException {
        lock(connection, object, parent);
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        var text = new WriteText();
        QueryPart given = text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(ids)), "uuid[]");
        QueryPart first = mine(text, table);
        QueryPart next = mine(text, table);
        WriteStatement statement = text.statement(sql("""
                with recursive above (start, id) as (
                    select t.{0}, t.{1} from {2} as t where {3} and t.{0} = any({4})
                    union
                    select above.start, t.{1} from above join {2} as t on t.{0} = above.id and {5}
                ) select distinct start from above where id = start""",
                name(table.column(SystemFields.ID).name()), name(table.column(parent.name()).name()),
                name(PhysicalSchema.NAME, table.name()), first, given, next));
        return new LinkedHashSet<>(
                connection.rows(statement, (prepared, at) -> StoredRecords.bind(connection, statement, prepared, at),
                        row -> row.getObject(1, UUID.class)));
    }

    /** Trees whose names give one number wait for each other in vain, and that is all. */
    private static void lock(WriteConnection connection, ObjectDefinition object, FieldDefinition parent)
            throws SQLException {
        var text = new WriteText();
        WriteStatement statement = text.statement(sql(
                "select pg_advisory_xact_lock(hashtextextended({0} || cast({1} as text), 0))",
                text.slot(new WriteSlot.Given(ColumnType.Base.TEXT, object.name() + "." + parent.id() + " "), "text"),
                text.slot(new WriteSlot.Tenant(), "uuid")));
        connection.rows(statement, (prepared, at) -> StoredRecords.bind(connection, statement, prepared, at),
                _ -> true);
    }
}
