package dev.objectos.runtime.storage.keyvalue;

import static dev.objectos.runtime.storage.keyvalue.SqliteDatabase.query;
import static dev.objectos.runtime.storage.keyvalue.SqliteDatabase.update;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.StoredValue;
import dev.objectos.runtime.storage.keyvalue.EntryChanges.Known;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps entries in a file beside the server: durable, for a single node. */
public final class SqliteStorageDriver implements StorageDriver, AutoCloseable {

    public static final String NAME = "sqlite";

    private static final String HERE = " WHERE tenant = ? AND owner = ? AND namespace = ?";

    private static final String SELECT = """
            SELECT key, value, content_type, key_id, expires_at, revision, updated_at FROM entry""" + HERE
            + " AND (expires_at IS NULL OR expires_at > ?)";

    private static final String SCAN = SELECT + " AND key >= ? AND key > ?";

    private static final String ORDERED = " ORDER BY key LIMIT ?";

    private static final String KNOWN = """
            SELECT size, revision, expires_at,
                CASE WHEN key_id IS NULL AND content_type = ? THEN value END
            FROM entry""" + HERE + " AND key = ?";

    private static final String PUT = """
            INSERT INTO entry (tenant, owner, namespace, key, value, content_type, key_id, revision, expires_at,
                updated_at, size)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, owner, namespace, key) DO UPDATE SET value = excluded.value,
                content_type = excluded.content_type, key_id = excluded.key_id, revision = excluded.revision,
                expires_at = excluded.expires_at, updated_at = excluded.updated_at, size = excluded.size""";

    private static final String COUNT = """
            INSERT INTO usage (tenant, owner, bytes, entries) VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant, owner) DO UPDATE SET bytes = bytes + excluded.bytes,
                entries = entries + excluded.entries""";

    private static final String EXPIRED = """
            SELECT rowid, tenant, owner, size FROM entry WHERE expires_at <= ? ORDER BY expires_at LIMIT ?""";

    private static final String ONES_EXPIRED = """
            SELECT rowid, tenant, owner, size FROM entry WHERE tenant = ? AND owner = ? AND expires_at <= ? LIMIT ?""";

    private final SqliteDatabase database;

    public SqliteStorageDriver(Path file) {
        database = new SqliteDatabase(file);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Entry> read(StoreAddress store, Collection<String> keys, Instant now) {
        return database.read(connection -> {
            var found = new ArrayList<Entry>();
            for (String key : keys) {
                found.addAll(query(connection, SELECT + " AND key = ?", SqliteStorageDriver::entry, tenant(store),
                        store.owner(), store.namespace(), micros(now), key));
            }
            return found;
        });
    }

    @Override
    public List<Entry> scan(StoreAddress store, String prefix, @Nullable String after, int limit, Instant now) {
        String begin = after == null ? "" : after;
        String end = StorageNames.after(prefix);
        return database.read(connection -> end == null
                ? query(connection, SCAN + ORDERED, SqliteStorageDriver::entry, tenant(store), store.owner(),
                        store.namespace(), micros(now), prefix, begin, limit)
                : query(connection, SCAN + " AND key < ?" + ORDERED, SqliteStorageDriver::entry, tenant(store),
                        store.owner(), store.namespace(), micros(now), prefix, begin, end, limit));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var content = new Content(row.getBytes(2), row.getString(3), row.getString(4), instant(row, 5));
        return new Entry(row.getString(1), content, row.getLong(6), Objects.requireNonNull(instant(row, 7)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull()
                ? null
                : Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static long micros(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
    }

    private static String tenant(StoreAddress store) {
        return store.tenant().toString();
    }

    @Override
    public Outcome write(StoreAddress store, List<Write> writes, StorageQuota quota, Instant now) {
        return Objects.requireNonNull(database.<Outcome>write(connection -> {
            var revisions = new Revisions(connection);
            var changes = new EntryChanges(now, revisions::next);
            var known = new HashMap<String, @Nullable Known>();
            for (Write write : writes) {
                known.put(write.key(), known(connection, store, write.key()));
            }
            Outcome outcome = changes.of(writes, known::get, usage(connection, store.owner(), tenant(store)), quota);
            if (outcome instanceof Outcome.Done) {
                for (var change : changes.entries().entrySet()) {
                    keep(connection, store, change.getKey(), change.getValue());
                }
                count(connection, tenant(store), store.owner(), changes.addedBytes(), changes.addedEntries());
                revisions.keep();
            }
            return outcome;
        }));
    }

    private static @Nullable Known known(Connection connection, StoreAddress store, String key) throws SQLException {
        List<Known> found = query(connection, KNOWN, row -> {
            byte[] number = row.getBytes(4);
            return new Known(row.getLong(1), row.getLong(2), instant(row, 3),
                    number == null ? null : (Long) ByteBuffer.wrap(number).getLong());
        }, StoredValue.NUMBER, tenant(store), store.owner(), store.namespace(), key);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static void keep(Connection connection, StoreAddress store, String key, @Nullable Entry entry)
            throws SQLException {
        if (entry == null) {
            update(connection, "DELETE FROM entry" + HERE + " AND key = ?", tenant(store), store.owner(),
                    store.namespace(), key);
            return;
        }
        Content content = entry.content();
        Instant expiresAt = content.expiresAt();
        update(connection, PUT, tenant(store), store.owner(), store.namespace(), key, content.bytes(),
                content.contentType(), content.keyId(), entry.revision(), expiresAt == null ? null : micros(expiresAt),
                micros(entry.updatedAt()), EntryChanges.size(entry));
    }

    private static void count(Connection connection, String tenant, String owner, long bytes, long entries)
            throws SQLException {
        if (bytes != 0 || entries != 0) {
            update(connection, COUNT, tenant, owner, bytes, entries);
        }
    }

    private static StorageUsage usage(Connection connection, String owner, String tenant) throws SQLException {
        List<StorageUsage> found = query(connection,
                "SELECT bytes, entries FROM usage WHERE tenant = ? AND owner = ?",
                row -> new StorageUsage(row.getLong(1), row.getLong(2)), tenant, owner);
        return found.isEmpty() ? StorageUsage.NOTHING : found.getFirst();
    }

    @Override
    public StorageUsage usage(String owner, UUID tenant) {
        return database.read(connection -> usage(connection, owner, tenant.toString()));
    }

    @Override
    public Map<String, StorageUsage> usages() {
        var usages = new HashMap<String, StorageUsage>();
        database.read(connection -> query(connection,
                "SELECT owner, sum(bytes), sum(entries) FROM usage GROUP BY owner HAVING sum(entries) > 0",
                row -> usages.put(row.getString(1), new StorageUsage(row.getLong(2), row.getLong(3)))));
        return usages;
    }

    @Override
    public int removeExpired(Instant now, int most) {
        return remove(EXPIRED, micros(now), most);
    }

    @Override
    public int removeExpired(String owner, UUID tenant, Instant now, int most) {
        return remove(ONES_EXPIRED, tenant.toString(), owner, micros(now), most);
    }

    private int remove(String select, Object... values) {
        return Objects.requireNonNull(database.<Integer>write(connection -> {
            List<Expired> expired = query(connection, select,
                    row -> new Expired(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)), values);
            for (Expired entry : expired) {
                update(connection, "DELETE FROM entry WHERE rowid = ?", entry.row());
                count(connection, entry.tenant(), entry.owner(), -entry.size(), -1);
            }
            return expired.size();
        }));
    }

    /** An entry that has expired. */
    private record Expired(long row, String tenant, String owner, long size) {}

    @Override
    public List<StorageGrant> grants(String owner) {
        return database.read(connection -> query(connection,
                "SELECT owner, namespace, plugin, access FROM share WHERE owner = ? ORDER BY namespace, plugin",
                SqliteStorageDriver::grant, owner));
    }

    @Override
    public Optional<StorageGrant> grant(String owner, String namespace, String plugin) {
        return database.read(connection -> query(connection, """
                SELECT owner, namespace, plugin, access FROM share WHERE owner = ? AND namespace = ? AND plugin = ?""",
                SqliteStorageDriver::grant, owner, namespace, plugin)).stream().findFirst();
    }

    private static StorageGrant grant(ResultSet row) throws SQLException {
        return new StorageGrant(row.getString(1), row.getString(2), row.getString(3),
                GrantedAccess.valueOf(row.getString(4)));
    }

    @Override
    public void add(StorageGrant grant) {
        change("INSERT OR REPLACE INTO share (owner, namespace, plugin, access) VALUES (?, ?, ?, ?)", grant.owner(),
                grant.namespace(), grant.plugin(), grant.access().name());
    }

    @Override
    public void removeGrant(String owner, String namespace, String plugin) {
        change("DELETE FROM share WHERE owner = ? AND namespace = ? AND plugin = ?", owner, namespace, plugin);
    }

    @Override
    public void erase(String owner) {
        change("DELETE FROM entry WHERE owner = ?", owner);
        change("DELETE FROM usage WHERE owner = ?", owner);
        change("DELETE FROM share WHERE owner = ? OR plugin = ?", owner, owner);
    }

    @Override
    public void eraseTenant(UUID tenant) {
        change("DELETE FROM entry WHERE tenant = ?", tenant.toString());
        change("DELETE FROM usage WHERE tenant = ?", tenant.toString());
    }

    private void change(String sql, Object... values) {
        database.write(connection -> update(connection, sql, values));
    }

    @Override
    public void close() {
        database.close();
    }

    /** Revisions of one transaction, of which none is given twice. */
    private static final class Revisions {

        private final Connection connection;
        private long last;

        Revisions(Connection connection) throws SQLException {
            this.connection = connection;
            last = query(connection, "SELECT last FROM revision", row -> row.getLong(1)).getFirst();
        }

        long next() {
            return ++last;
        }

        void keep() throws SQLException {
            update(connection, "UPDATE revision SET last = ?", last);
        }
    }
}
