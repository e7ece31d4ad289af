package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.storage.FileUsage;
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
            WITH added AS (
                INSERT INTO platform.file (tenant_id, id, name, content_type, size, state, store, chunk_size, uploaded_by)
                VALUES ({0}, {1}, {2}, {3}, {4}, 'announced', {5}, {6}, {7}) RETURNING tenant_id, size)
            INSERT INTO platform.file_usage AS u (tenant_id, files, bytes) SELECT tenant_id, 1, size FROM added
            ON CONFLICT (tenant_id) DO UPDATE SET files = u.files + excluded.files, bytes = u.bytes + excluded.bytes
            RETURNING bytes, {4} AS added""";

    private static final String STORED = """
            WITH stored AS (
                UPDATE platform.file SET state = 'stored', size = {2}, sha256 = {3}, content_type = {4}, blob = {5},
                    stored_at = now(), checked_at = now()
                WHERE tenant_id = {0} AND id = {1} AND state = 'announced'
                RETURNING tenant_id, new.size - old.size AS added)
            UPDATE platform.file_usage AS u SET bytes = u.bytes + s.added FROM stored AS s
            WHERE u.tenant_id = s.tenant_id RETURNING u.bytes, s.added""";

    private static final String USAGE = "SELECT files, bytes FROM platform.file_usage WHERE tenant_id = {0}";

    private static final String FIND = "SELECT " + FileRow.COLUMNS
            + " FROM platform.file WHERE tenant_id = {0} AND id = {1} AND state <> 'removed'";

    private static final String USES = """
            SELECT object, record_id, field FROM platform.file_use WHERE tenant_id = {0} AND file_id = {1}
            ORDER BY object, record_id LIMIT {2}""";

    /** The bytes go with the next round, and do not count any more. */
    private static final String REMOVE = """
            WITH removed AS (
                UPDATE platform.file AS f SET state = 'removed', checked_at = '-infinity'
                WHERE tenant_id = {0} AND id = {1} AND state <> 'removed' AND NOT EXISTS (
                    SELECT FROM platform.file_use AS u WHERE u.tenant_id = f.tenant_id AND u.file_id = f.id)
                RETURNING tenant_id, size)
            UPDATE platform.file_usage AS u SET files = u.files - 1, bytes = u.bytes - r.size FROM removed AS r
            WHERE u.tenant_id = r.tenant_id""";

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

    /**
     * Adds a file whose bytes will be in the store.
     *
     * @return how many bytes the tenant's files have with it
     */
    long add(UUID id, NewFile file, long size, @Nullable Long chunkSize, String store, FileQuota quota,
            Session session) {
        return within(session.tenant(),
                sql -> counted(sql.resultQuery(ADD, DSL.val(session.tenant()), DSL.val(id), DSL.val(file.name()),
                        DSL.val(file.contentType()), DSL.val(size), DSL.val(store), DSL.val(chunkSize, Long.class),
                        DSL.val(session.userId(), UUID.class)).fetchOne(), quota))
                .orElseThrow();
    }

    /** @return false: it is stored already, or gone */
    boolean stored(UUID tenant, UUID id, String contentType, long size, byte[] sha256, String blob, FileQuota quota) {
        return within(tenant,
                sql -> counted(sql.resultQuery(STORED, DSL.val(tenant), DSL.val(id), DSL.val(size), DSL.val(sha256),
                        DSL.val(contentType), DSL.val(blob)).fetchOne(), quota))
                .isPresent();
    }

    /** A refusal undoes what was counted; others who count wait until then. */
    private static Optional<Long> counted(@Nullable Record row, FileQuota quota) {
        if (row == null) {
            return Optional.empty();
        }
        long used = row.get("bytes", Long.class);
        quota.admit(used, row.get("added", Long.class));
        return Optional.of(used);
    }

    FileUsage usage(UUID tenant, FileQuota quota) {
        return within(tenant, sql -> {
            @Nullable
            Record row = sql.resultQuery(USAGE, DSL.val(tenant)).fetchOne();
            return row == null
                    ? new FileUsage(0, 0, quota.bytes())
                    : new FileUsage(row.get("files", Long.class), row.get("bytes", Long.class), quota.bytes());
        });
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
