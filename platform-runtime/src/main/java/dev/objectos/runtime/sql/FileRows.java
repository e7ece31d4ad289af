package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.FileFacts;
import dev.objectos.runtime.schema.ColumnType;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.QueryPart;
import org.jspecify.annotations.Nullable;

/** Statements of the write path about files. */
public final class FileRows {

    private FileRows() {}

    /**
     * A file that records may be given.
     *
     * @param uploadedBy record of the user; null: the platform
     */
    public record Known(FileFacts facts, @Nullable UUID uploadedBy) {}

    /**
     * A record that was given a file.
     *
     * @param field the field's stable id
     */
    public record Use(UUID file, String object, UUID record, String field) {}

    /** Those of the files whose bytes are there, kept there until the change is done. */
    static Map<UUID, Known> known(WriteConnection connection, Collection<UUID> ids) throws SQLException {
        var text = new WriteText();
        WriteStatement statement = text.statement(WriteText.sql(
                "select f.id, f.content_type, f.size, f.uploaded_by from platform.file as f "
                        + "where f.tenant_id = {0} and f.id = any({1}) and f.state = 'stored' order by f.id for share",
                text.slot(new WriteSlot.Tenant(), "uuid"), ids(text, ids)));
        var known = new LinkedHashMap<UUID, Known>();
        connection.rows(statement,
                (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first),
                row -> known.put(row.getObject(1, UUID.class),
                        new Known(new FileFacts(row.getString(2), row.getLong(3)),
                                row.getObject(4, UUID.class))) == null);
        return known;
    }

    /** The records that were given some of the files. */
    static List<Use> uses(WriteConnection connection, Collection<UUID> ids) throws SQLException {
        var text = new WriteText();
        WriteStatement statement = text.statement(WriteText.sql(
                "select u.file_id, u.object, u.record_id, u.field from platform.file_use as u "
                        + "where u.tenant_id = {0} and u.file_id = any({1}) limit 1000",
                text.slot(new WriteSlot.Tenant(), "uuid"), ids(text, ids)));
        return connection.rows(statement,
                (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first),
                row -> new Use(row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class),
                        row.getString(4)));
    }

    /** Notes that records were given files. */
    public static void note(WriteConnection connection, Collection<Use> uses) throws SQLException {
        var rows = uses.stream().map(use -> Map.<String, Object>of("file_id", use.file(), "object", use.object(),
                "record_id", use.record(), "field", use.field())).toList();
        var text = new WriteText();
        WriteStatement statement = text.statement(WriteText.sql(
                "insert into platform.file_use (tenant_id, file_id, object, record_id, field) "
                        + "select {0}, f.id, r.object, r.record_id, r.field from json_to_recordset({1}) "
                        + "as r (file_id uuid, object text, record_id uuid, field text) "
                        + "join platform.file as f on f.tenant_id = {0} and f.id = r.file_id "
                        + "on conflict do nothing returning 1",
                text.slot(new WriteSlot.Tenant(), "uuid"),
                text.slot(new WriteSlot.Given(ColumnType.Base.JSONB, rows), "json")));
        connection.rows(statement,
                (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first), row -> row.getInt(1));
    }

    private static QueryPart ids(WriteText text, Collection<UUID> ids) {
        return text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(ids)), "uuid[]");
    }
}
