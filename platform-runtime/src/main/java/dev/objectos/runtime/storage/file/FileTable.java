package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.storage.NewFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Statements about files of one tenant, as the role of requests. */
final class FileTable {

    private static final String ADD = """
            INSERT INTO platform.file (tenant_id, id, name, content_type, size, state, chunk_size, uploaded_by)
            VALUES ({0}, {1}, {2}, {3}, {4}, 'announced', {5}, {6})""";

    private static final String STORED = """
            UPDATE platform.file SET state = 'stored', size = {2}, sha256 = {3}, content_type = {4}, blob = {5}, stored_at = now(),
                checked_at = now()
            WHERE tenant_id = {0} AND id = {1} AND state = 'announced'""";

    private static final String FIND = "SELECT " + FileRow.COLUMNS
            + " FROM platform.file WHERE tenant_id = {0} AND id = {1} AND state <> 'removed'";

    private static final String USES = """
            SELECT object, record_id, field FROM platform.file_use WHERE tenant_id = {0} AND file_id = {1}
            ORDER BY object, record_id LIMIT {2}""";

    private static final String REMOVE = """
            UPDATE platform.file AS f SET state = 'removed' WHERE tenant_id = {0} AND id = {1} AND NOT EXISTS (
                SELECT FROM platform.file_use AS u WHERE u.tenant_id = f.tenant_id AND u.file_id = f.id)""";

    private static final String PART = """
            INSERT INTO platform.file_part AS p (tenant_id, file_id, part, size, etag) VALUES ({0}, {1}, {2}, {3}, {4})
            ON CONFLICT (tenant_id, file_id, part) DO UPDATE SET size = excluded.size, etag = excluded.etag""";

    private static final String PARTS = """
            SELECT part, size FROM platform.file_part WHERE tenant_id = {0} AND file_id = {1} ORDER BY part""";

    private static final String FORGET_PARTS = "DELETE FROM platform.file_part WHERE tenant_id = {0} AND file_id = {1}";

    private static final int MOST_USES = 1_000;

    private final DSLContext app;

    FileTable(DataSource app) {
        this.app = DSL.using(app, SQLDialect.POSTGRES);
    }

    /** A record that was given a file; the field by its stable id. */
    record Use(String object, UUID record, String field) {}

    void add(UUID id, NewFile file, long size, @Nullable Long chunkSize, Session session) {
        within(session.tenant(),
                sql -> sql.execute(ADD, DSL.val(session.tenant()), DSL.val(id), DSL.val(file.name()),
                        DSL.val(file.contentType()), DSL.val(size), DSL.val(chunkSize, Long.class),
                        DSL.val(session.userId(), UUID.class)));
    }

    /** @return false: it is stored already, or gone */
    boolean stored(UUID tenant, UUID id, String contentType, long size, byte[] sha256, String blob) {
        return within(tenant, sql -> sql.execute(STORED, DSL.val(tenant), DSL.val(id), DSL.val(size), DSL.val(sha256),
                DSL.val(contentType), DSL.val(blob))) == 1;
    }

    Optional<FileRow> find(UUID tenant, UUID id) {
        return within(tenant, sql -> {
            @Nullable
            Record row = sql.resultQuery(FIND, DSL.val(tenant), DSL.val(id)).fetchOne();
            return Optional.ofNullable(row).map(FileRow::of);
        });
    }

    List<Use> uses(UUID tenant, UUID id) {
        return within(tenant, sql -> sql.resultQuery(USES, DSL.val(tenant), DSL.val(id), DSL.val(MOST_USES))
                .fetch(row -> new Use(row.get("object", String.class), row.get("record_id", UUID.class),
                        row.get("field", String.class))));
    }

    /** @return false: a record has been given it */
    boolean remove(UUID tenant, UUID id) {
        return within(tenant, sql -> sql.execute(REMOVE, DSL.val(tenant), DSL.val(id))) == 1;
    }

    void part(FileRow file, int part, long size, String etag) {
        within(file.tenant(), sql -> sql.execute(PART, DSL.val(file.tenant()), DSL.val(file.id()), DSL.val(part),
                DSL.val(size), DSL.val(etag)));
    }

    /** The sizes of the parts that have come. */
    Map<Integer, Long> parts(FileRow file) {
        return within(file.tenant(), sql -> sql.resultQuery(PARTS, DSL.val(file.tenant()), DSL.val(file.id()))
                .fetchMap(row -> row.get("part", Integer.class), row -> row.get("size", Long.class)));
    }

    void forgetParts(FileRow file) {
        within(file.tenant(), sql -> sql.execute(FORGET_PARTS, DSL.val(file.tenant()), DSL.val(file.id())));
    }

    private <T> T within(UUID tenant, Function<DSLContext, T> work) {
        return app.transactionResult(configuration -> {
            DSLContext here = configuration.dsl();
            here.execute("SELECT set_config('app.tenant', {0}, true)", DSL.val(tenant.toString()));
            return work.apply(here);
        });
    }
}
