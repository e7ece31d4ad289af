package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.spi.StorageDriver.Delete;
import dev.objectos.runtime.spi.StorageDriver.Increment;
import dev.objectos.runtime.spi.StorageDriver.Outcome;
import dev.objectos.runtime.spi.StorageDriver.Put;
import dev.objectos.runtime.spi.StorageDriver.Write;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.StoredValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one transaction: entries first, in the order of their keys, and what the owner keeps last, and only where
 * that has changed, so that nobody waits in a circle and counters of one size wait for nobody but themselves.
 */
final class PostgresWrites {

    /** What {@link #changed} reads of a row. */
    private static final String RETURNING = """

            RETURNING old.key IS NOT NULL AND (old.expires_at IS NULL OR old.expires_at > ?) AS existed,
                coalesce(old.size, 0), new.size, (old.key IS NULL)::int, new.revision""";

    private static final String INSERT = """
            INSERT INTO storage_entry AS e
                (tenant_id, owner, namespace, key, value, content_type, key_id, revision, expires_at, updated_at)
            VALUES (?, ?, ?, ?, %s, ?, ?, nextval('storage_revision'), ?, ?)
            ON CONFLICT (tenant_id, owner, namespace, key) DO UPDATE SET
            """;

    // The next revision is taken again, once the row is locked, so that it is above the one before.
    private static final String PUT = INSERT.formatted("?") + """
            value = excluded.value, content_type = excluded.content_type, key_id = excluded.key_id,
                revision = nextval('storage_revision'), expires_at = excluded.expires_at,
                updated_at = excluded.updated_at""";

    private static final String PUT_ALWAYS = PUT + RETURNING;

    private static final String PUT_IF_ABSENT = PUT + " WHERE e.expires_at <= ?" + RETURNING;

    private static final String HERE = " WHERE tenant_id = ? AND owner = ? AND namespace = ? AND key = ?";

    private static final String STILL = " AND revision = ? AND (expires_at IS NULL OR expires_at > ?)";

    private static final String COMPARE_AND_SET = """
            UPDATE storage_entry SET value = ?, content_type = ?, key_id = ?, revision = nextval('storage_revision'),
                expires_at = ?, updated_at = ?""" + HERE + STILL + RETURNING;

    private static final String INCREMENT = INSERT.formatted("?::bigint::bytea")
            + """
                     value = CASE WHEN e.expires_at <= excluded.updated_at THEN excluded.value
                                 ELSE (e.value::bigint + excluded.value::bigint)::bytea END,
                        content_type = excluded.content_type, key_id = NULL, revision = nextval('storage_revision'),
                        expires_at = CASE WHEN e.expires_at <= excluded.updated_at THEN excluded.expires_at ELSE e.expires_at END,
                        updated_at = excluded.updated_at
                    WHERE e.expires_at <= excluded.updated_at OR e.key_id IS NULL AND e.content_type = excluded.content_type"""
            + RETURNING + ", new.value::bigint";

    private static final String DELETE = "DELETE FROM storage_entry" + HERE;

    private static final String DELETED = " RETURNING expires_at IS NULL OR expires_at > ?, size";

    private static final String DELETE_ALWAYS = DELETE + DELETED;

    private static final String COMPARE_AND_DELETE = DELETE + STILL + DELETED;

    private static final String COUNT = """
            UPDATE storage_usage SET bytes = bytes + d.b, entries = entries + d.e
            FROM (VALUES (?::bigint, ?::bigint)) AS d (b, e)
            WHERE tenant_id = ? AND owner = ? AND (d.b <= 0 OR bytes + d.b <= ?) AND (d.e <= 0 OR entries + d.e <= ?)
            RETURNING true""";

    private static final String BEGIN_TO_COUNT = """
            INSERT INTO storage_usage (tenant_id, owner, bytes, entries) VALUES (?, ?, 0, 0)
            ON CONFLICT (tenant_id, owner) DO NOTHING""";

    private static final String OUT_OF_RANGE = "22003";

    private final StoreAddress store;
    private final StorageQuota quota;
    private final Instant now;
    private long bytes;
    private long entries;
    private @Nullable Outcome refusal;

    PostgresWrites(StoreAddress store, StorageQuota quota, Instant now) {
        this.store = store;
        this.quota = quota;
        this.now = now;
    }

    /** Why {@link #write} has answered null. */
    Outcome refusal() {
        return Objects.requireNonNull(refusal);
    }

    /** @return null where the transaction must be undone */
    Outcome.@Nullable Done write(Connection connection, List<Write> writes) throws SQLException {
        var results = new ArrayList<StorageResult>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            StorageResult result = switch (writes.get(i)) {
                case Put put -> put(connection, put);
                case Delete delete -> delete(connection, delete);
                case Increment increment -> increment(connection, increment);
            };
            if (result == null) {
                refusal = writes.get(i) instanceof Increment ? new Outcome.Uncountable(i) : new Outcome.Refused(i);
                return null;
            }
            results.add(result);
        }
        if ((bytes != 0 || entries != 0) && !count(connection)) {
            refusal = new Outcome.OverQuota();
            return null;
        }
        return new Outcome.Done(results);
    }

    private @Nullable StorageResult put(Connection connection, Put put) throws SQLException {
        Content content = put.content();
        String sql = switch (put.precondition()) {
            case Precondition.None() -> PUT_ALWAYS;
            case Precondition.Absent() -> PUT_IF_ABSENT;
            case Precondition.Revision _ -> COMPARE_AND_SET;
        };
        try (var statement = new StorageStatement(connection, sql)) {
            if (put.precondition() instanceof Precondition.Revision(long revision)) {
                statement.with(content.bytes(), content.contentType(), content.keyId(), content.expiresAt(), now);
                here(statement, put.key()).with(revision, now);
            } else {
                here(statement, put.key()).with(content.bytes(), content.contentType(), content.keyId(),
                        content.expiresAt(), now);
                if (put.precondition() instanceof Precondition.Absent) {
                    statement.with(now);
                }
            }
            return first(statement.with(now).rows(row -> changed(row, 0)));
        }
    }

    private @Nullable StorageResult increment(Connection connection, Increment increment) throws SQLException {
        try (var statement = new StorageStatement(connection, INCREMENT)) {
            return first(here(statement, increment.key())
                    .with(increment.by(), StoredValue.NUMBER, null, increment.expiresAt(), now, now)
                    .rows(row -> changed(row, row.getLong(6))));
        } catch (SQLException e) {
            if (OUT_OF_RANGE.equals(e.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable StorageResult delete(Connection connection, Delete delete) throws SQLException {
        boolean compare = delete.precondition() instanceof Precondition.Revision;
        try (var statement = new StorageStatement(connection, compare ? COMPARE_AND_DELETE : DELETE_ALWAYS)) {
            here(statement, delete.key());
            if (delete.precondition() instanceof Precondition.Revision(long revision)) {
                statement.with(revision, now);
            }
            Boolean existed = first(statement.with(now).rows(row -> {
                bytes -= row.getLong(2);
                entries--;
                return row.getBoolean(1);
            }));
            boolean there = existed != null && existed;
            boolean holds = switch (delete.precondition()) {
                case Precondition.None() -> true;
                case Precondition.Absent() -> !there;
                case Precondition.Revision _ -> there;
            };
            return holds ? new StorageResult(there, 0, 0) : null;
        }
    }

    private StorageStatement here(StorageStatement statement, String key) throws SQLException {
        return statement.with(store.tenant(), store.owner(), store.namespace(), key);
    }

    private StorageResult changed(ResultSet row, long number) throws SQLException {
        bytes += row.getLong(3) - row.getLong(2);
        entries += row.getInt(4);
        return new StorageResult(row.getBoolean(1), row.getLong(5), number);
    }

    /** @return whether the quota admits it */
    private boolean count(Connection connection) throws SQLException {
        if (counted(connection)) {
            return true;
        }
        begin(connection);
        return counted(connection);
    }

    private boolean counted(Connection connection) throws SQLException {
        try (var statement = new StorageStatement(connection, COUNT)) {
            return !statement.with(bytes, entries, store.tenant(), store.owner(), quota.bytes(), quota.entries())
                    .rows(_ -> true).isEmpty();
        }
    }

    /** Of two that begin at the same time, one waits for the other, and both then count. */
    private void begin(Connection connection) throws SQLException {
        try (var statement = new StorageStatement(connection, BEGIN_TO_COUNT)) {
            statement.with(store.tenant(), store.owner()).rows(_ -> true);
        }
    }

    private static <T> @Nullable T first(List<T> rows) {
        return rows.isEmpty() ? null : rows.getFirst();
    }
}
