package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps entries in the platform's database: durable, the same for all nodes, walled off by row-level security. */
public final class PostgresStorageDriver implements StorageDriver {

    public static final String NAME = "postgresql";

    private static final String SELECT = """
            SELECT key, value, content_type, key_id, expires_at, revision, updated_at FROM storage_entry
            WHERE tenant_id = ? AND owner = ? AND namespace = ? AND (expires_at IS NULL OR expires_at > ?)""";

    private static final String READ = SELECT + " AND key = ANY (?)";

    private static final String SCAN = SELECT + " AND key >= ? AND key > ? ORDER BY key LIMIT ?";

    private static final String SCAN_TO = SELECT + " AND key >= ? AND key > ? AND key < ? ORDER BY key LIMIT ?";

    private static final String USAGE = "SELECT bytes, entries FROM storage_usage WHERE tenant_id = ? AND owner = ?";

    private static final String USAGES = """
            SELECT owner, sum(bytes)::bigint, sum(entries)::bigint FROM storage_usage GROUP BY owner HAVING sum(entries) > 0""";

    private static final String GRANTS = "SELECT owner, namespace, plugin, access FROM storage_grant WHERE owner = ?";

    private static final String ADD_GRANT = """
            INSERT INTO storage_grant (owner, namespace, plugin, access) VALUES (?, ?, ?, ?)
            ON CONFLICT (owner, namespace, plugin) DO UPDATE SET access = excluded.access""";

    private final StorageDatabase database;
    private final ExpiredRows expired;

    /**
     * @param app connections of the role that serves requests
     * @param worker connections of the role that does the platform's own work
     */
    public PostgresStorageDriver(DataSource app, DataSource worker) {
        database = new StorageDatabase(app, worker);
        expired = new ExpiredRows(database);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Entry> read(StoreAddress store, Collection<String> keys, Instant now) {
        return database.read(store.owner(), store.tenant(), READ,
                statement -> in(store, now, statement).withTexts(List.copyOf(keys)), PostgresStorageDriver::entry);
    }

    @Override
    public List<Entry> scan(StoreAddress store, String prefix, @Nullable String after, int limit, Instant now) {
        String end = StorageNames.after(prefix);
        String begin = after == null ? "" : after;
        return database.read(store.owner(), store.tenant(), end == null ? SCAN : SCAN_TO, statement -> {
            in(store, now, statement).with(prefix, begin);
            if (end != null) {
                statement.with(end);
            }
            statement.with(limit);
        }, PostgresStorageDriver::entry);
    }

    private static StorageStatement in(StoreAddress store, Instant now, StorageStatement statement)
            throws SQLException {
        return statement.with(store.tenant(), store.owner(), store.namespace(), now);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var content = new Content(row.getBytes(2), row.getString(3), row.getString(4), instant(row, 5));
        return new Entry(row.getString(1), content, row.getLong(6), Objects.requireNonNull(instant(row, 7)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    @Override
    public Outcome write(StoreAddress store, List<Write> writes, StorageQuota quota, Instant now) {
        var changes = new PostgresWrites(store, quota, now);
        Outcome.Done done = database.change(store.owner(), store.tenant(),
                connection -> changes.write(connection, writes));
        return done == null ? changes.refusal() : done;
    }

    @Override
    public StorageUsage usage(String owner, UUID tenant) {
        return database
                .read(owner, tenant, USAGE, statement -> statement.with(tenant, owner),
                        row -> new StorageUsage(row.getLong(1), row.getLong(2)))
                .stream().findFirst().orElse(StorageUsage.NOTHING);
    }

    @Override
    public Map<String, StorageUsage> usages() {
        var usages = new HashMap<String, StorageUsage>();
        asPlatform(USAGES, _ -> {}, row -> usages.put(row.getString(1),
                new StorageUsage(row.getLong(2), row.getLong(3))));
        return usages;
    }

    @Override
    public int removeExpired(Instant now, int most) {
        return expired.remove(now, most);
    }

    @Override
    public int removeExpired(String owner, UUID tenant, Instant now, int most) {
        return expired.remove(owner, tenant, now, most);
    }

    @Override
    public List<StorageGrant> grants(String owner) {
        return asPlatform(GRANTS + " ORDER BY namespace, plugin", statement -> statement.with(owner),
                PostgresStorageDriver::grant);
    }

    @Override
    public Optional<StorageGrant> grant(String owner, String namespace, String plugin) {
        return asPlatform(GRANTS + " AND namespace = ? AND plugin = ?",
                statement -> statement.with(owner, namespace, plugin), PostgresStorageDriver::grant).stream()
                .findFirst();
    }

    private static StorageGrant grant(ResultSet row) throws SQLException {
        return new StorageGrant(row.getString(1), row.getString(2), row.getString(3),
                GrantedAccess.valueOf(row.getString(4).toUpperCase(Locale.ROOT)));
    }

    @Override
    public void add(StorageGrant grant) {
        asPlatform(ADD_GRANT, statement -> statement.with(grant.owner(), grant.namespace(), grant.plugin(),
                grant.access().name().toLowerCase(Locale.ROOT)), _ -> true);
    }

    @Override
    public void removeGrant(String owner, String namespace, String plugin) {
        asPlatform("DELETE FROM storage_grant WHERE owner = ? AND namespace = ? AND plugin = ?",
                statement -> statement.with(owner, namespace, plugin), _ -> true);
    }

    @Override
    public void erase(String owner) {
        expired.erase(owner);
        asPlatform("DELETE FROM storage_grant WHERE owner = ? OR plugin = ?",
                statement -> statement.with(owner, owner), _ -> true);
    }

    @Override
    public void eraseTenant(UUID tenant) {
        expired.eraseTenant(tenant);
    }

    private <T> List<T> asPlatform(String sql, StorageDatabase.Binding binding, StorageStatement.RowReader<T> reader) {
        List<T> rows = database.asPlatform(connection -> {
            try (var statement = new StorageStatement(connection, sql)) {
                binding.bind(statement);
                return statement.rows(reader);
            }
        });
        return Objects.requireNonNull(rows);
    }
}
