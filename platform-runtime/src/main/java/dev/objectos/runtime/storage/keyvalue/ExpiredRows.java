package dev.objectos.runtime.storage.keyvalue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Removes rows of entries in batches, and takes them off what their owners keep. */
final class ExpiredRows {

    /** Rows of one transaction where everything of a plugin goes. */
    private static final int ERASED = 1_000;

    /** What others work with at the moment is left for the next time. */
    private static final String REMOVE = """
            WITH gone AS (
                DELETE FROM storage_entry WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM storage_entry WHERE %s LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING tenant_id, owner, size)
            SELECT tenant_id, owner, sum(size)::bigint, count(*) FROM gone GROUP BY tenant_id, owner
            ORDER BY tenant_id, owner""";

    private static final String ANYBODYS = REMOVE.formatted("expires_at <= ? ORDER BY expires_at");

    private static final String ONES = REMOVE
            .formatted("tenant_id = ? AND owner = ? AND expires_at <= ? ORDER BY expires_at");

    private static final String EVERYTHING = REMOVE.formatted("owner = ?");

    private static final String TENANTS = REMOVE.formatted("tenant_id = ?");

    private static final String TAKE_OFF = """
            UPDATE storage_usage SET bytes = bytes - ?, entries = entries - ? WHERE tenant_id = ? AND owner = ?""";

    private final StorageDatabase database;

    ExpiredRows(StorageDatabase database) {
        this.database = database;
    }

    int remove(Instant now, int most) {
        return remove(ANYBODYS, statement -> statement.with(now, most));
    }

    int remove(String owner, UUID tenant, Instant now, int most) {
        return remove(ONES, statement -> statement.with(tenant, owner, now, most));
    }

    /** Everything that a plugin keeps, while nobody writes there any more. */
    void erase(String owner) {
        erase(EVERYTHING, owner);
    }

    /** The same of all plugins in a tenant. */
    void eraseTenant(UUID tenant) {
        erase(TENANTS, tenant);
    }

    private void erase(String sql, Object whose) {
        int removed;
        do {
            removed = remove(sql, statement -> statement.with(whose, ERASED));
        } while (removed > 0);
    }

    private int remove(String sql, StorageDatabase.Binding binding) {
        return Objects.requireNonNull(database.<Integer>asPlatform(connection -> {
            List<Removed> removed;
            try (var statement = new StorageStatement(connection, sql)) {
                binding.bind(statement);
                removed = statement.rows(row -> new Removed(row.getObject(1, UUID.class), row.getString(2),
                        row.getLong(3), row.getLong(4)));
            }
            // In the order of tenant and owner, as other nodes do.
            for (Removed part : removed) {
                takeOff(connection, part);
            }
            return Math.toIntExact(removed.stream().mapToLong(Removed::entries).sum());
        }));
    }

    private static void takeOff(Connection connection, Removed part) throws SQLException {
        try (var statement = new StorageStatement(connection, TAKE_OFF)) {
            statement.with(part.bytes(), part.entries(), part.tenant(), part.owner()).rows(_ -> true);
        }
    }

    /** What went of one plugin in one tenant. */
    private record Removed(UUID tenant, String owner, long bytes, long entries) {}
}
