package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps every version of edited items in the database. */
public final class VersionStore {

    static final String CHANNEL = "objectos_metadata";

    /** Stands for all tenants. */
    private static final UUID ALL = new UUID(0, 0);

    private static final String ITEM = "type = ? AND name = ? AND tenant_id = ?";
    private static final String COLUMNS = """
            type, name, tenant_id, version, seq, state, base, content, comment, plan, author, author_name, created_at,
            published_at""";
    private static final String OF_ITEM = "SELECT " + COLUMNS
            + " FROM platform.metadata_version WHERE " + ITEM;
    private static final String LATEST = """
            SELECT %s FROM (
                SELECT *, row_number() OVER (PARTITION BY type, name, tenant_id ORDER BY version DESC) AS age
                FROM platform.metadata_version WHERE state IN ('published', 'deleted')) decided
            WHERE age <= 2 ORDER BY type, name, tenant_id, version DESC""".formatted(COLUMNS);
    private static final String DRAFTS = "SELECT " + COLUMNS
            + " FROM platform.metadata_version WHERE state = 'draft' ORDER BY seq";
    private static final String NEXT = "SELECT coalesce(max(version), 0) + 1 FROM platform.metadata_version WHERE "
            + ITEM;
    private static final String ADD = """
            INSERT INTO platform.metadata_version (type, name, tenant_id, version, state, base, content, comment, plan, author,
                author_name, created_at, published_at, published_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq""";
    private static final String DISCARD = "UPDATE platform.metadata_version SET state = 'discarded' WHERE " + ITEM
            + " AND state = 'draft'";
    private static final String PROMOTE = """
            UPDATE platform.metadata_version SET state = 'published', seq = nextval('platform.metadata_seq'), plan = ?,
                published_at = ?, published_by = ?, comment = coalesce(?, comment)
            WHERE type = ? AND name = ? AND tenant_id = ? AND version = ? AND state = 'draft' RETURNING seq""";

    private final DataSource worker;
    private final TransactionTemplate transactions;

    /** @param worker connections of the role that may see the platform's tables */
    public VersionStore(DataSource worker) {
        this.worker = worker;
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(worker));
    }

    DataSource worker() {
        return worker;
    }

    /** What is done on a connection. */
    interface Work<T extends @Nullable Object> {

        T run(Connection connection) throws SQLException;
    }

    /** Does something in one transaction, in which others that work on the same pool take part. */
    <T extends @Nullable Object> T inTransaction(Work<T> work) {
        return transactions.execute(_ -> {
            Connection connection = DataSourceUtils.getConnection(worker);
            try {
                return work.run(connection);
            } catch (SQLException e) {
                throw new PlatformException(RuntimeError.INTERNAL,
                        "The edited metadata could not be read or written", e);
            } finally {
                DataSourceUtils.releaseConnection(connection, worker);
            }
        });
    }

    /** The last two decisions about every item, newest first: published or deleted. */
    List<Version> decided() {
        return inTransaction(connection -> list(connection, LATEST, _ -> {}));
    }

    List<Version> drafts() {
        return inTransaction(connection -> list(connection, DRAFTS, _ -> {}));
    }

    /** Every version of an item, newest first. */
    List<Version> history(ItemKey item) {
        return inTransaction(
                connection -> list(connection, OF_ITEM + " ORDER BY version DESC", statement -> bind(statement, item)));
    }

    Optional<Version> version(ItemKey item, int version) {
        return inTransaction(connection -> list(connection, OF_ITEM + " AND version = ?", statement -> {
            bind(statement, item);
            statement.setInt(4, version);
        })).stream().findFirst();
    }

    Optional<Version> draft(ItemKey item) {
        return inTransaction(connection -> list(connection, OF_ITEM + " AND state = 'draft'",
                statement -> bind(statement, item))).stream().findFirst();
    }

    /** That of the latest decision. */
    long seq() {
        return inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement
                            .executeQuery("SELECT coalesce(max(seq), 0) FROM platform.metadata_version")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** The number of the next version of an item. */
    int nextVersion(ItemKey item) {
        return inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
                bind(statement, item);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    /** The version with its place in the order of decisions. */
    static Version add(Connection connection, Version version) throws SQLException {
        if (version.state() == State.DRAFT) {
            discardDraft(connection, version.item());
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            bind(statement, version.item());
            statement.setInt(4, version.version());
            statement.setString(5, version.state().word());
            statement.setInt(6, version.base());
            statement.setString(7, version.content());
            statement.setString(8, version.comment());
            statement.setArray(9, connection.createArrayOf("text", version.plan().toArray()));
            statement.setObject(10, version.author());
            statement.setString(11, version.authorName());
            statement.setTimestamp(12, Timestamp.from(version.at()));
            statement.setTimestamp(13, timestamp(version.publishedAt()));
            statement.setObject(14, version.publishedAt() == null ? null : version.author());
            return withSeq(version, statement);
        }
    }

    /** Has a draft serve. */
    static Version promote(Connection connection, Version version, @Nullable UUID by) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROMOTE)) {
            statement.setArray(1, connection.createArrayOf("text", version.plan().toArray()));
            statement.setTimestamp(2, timestamp(version.publishedAt()));
            statement.setObject(3, by);
            statement.setString(4, version.comment());
            statement.setString(5, version.item().type());
            statement.setString(6, version.item().name());
            statement.setObject(7, tenant(version.item()));
            statement.setInt(8, version.version());
            return withSeq(version, statement);
        }
    }

    static void discardDraft(Connection connection, ItemKey item) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DISCARD)) {
            bind(statement, item);
            statement.executeUpdate();
        }
    }

    /** Tells whoever listens, on other nodes too, once the transaction commits. */
    static void tell(Connection connection, String payload) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, CHANNEL);
            statement.setString(2, payload);
            statement.execute();
        }
    }

    private static Version withSeq(Version version, PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new Version(version.item(), version.version(), row.getLong(1), version.state(), version.base(),
                    version.content(), version.comment(), version.plan(), version.author(), version.authorName(),
                    version.at(), version.publishedAt());
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static void bind(PreparedStatement statement, ItemKey item) throws SQLException {
        statement.setString(1, item.type());
        statement.setString(2, item.name());
        statement.setObject(3, tenant(item));
    }

    private static UUID tenant(ItemKey item) {
        return item.tenant() == null ? ALL : item.tenant();
    }

    /** Sets the values of a statement. */
    private interface Binding {

        void to(PreparedStatement statement) throws SQLException;
    }

    private static List<Version> list(Connection connection, String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            var found = new ArrayList<Version>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
            return found;
        }
    }

    private static Version read(ResultSet row) throws SQLException {
        Timestamp published = row.getTimestamp("published_at");
        UUID tenant = row.getObject("tenant_id", UUID.class);
        return new Version(
                new ItemKey(row.getString("type"), row.getString("name"), ALL.equals(tenant) ? null : tenant),
                row.getInt("version"),
                row.getLong("seq"), State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("base"), row.getString("content"), row.getString("comment"),
                Arrays.asList((String[]) row.getArray("plan").getArray()), row.getObject("author", UUID.class),
                row.getString("author_name"), row.getTimestamp("created_at").toInstant(),
                published == null ? null : published.toInstant());
    }
}
