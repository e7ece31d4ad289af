package dev.objectos.auth.apikey;

import dev.objectos.auth.scope.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of API keys. */
public final class ApiKeyStore {

    private static final Duration NOTED_EACH = Duration.ofMinutes(1);

    private static final String SELECT = """
            SELECT id, start, name, account_id, tenant_id, scopes, metadata, enabled, created_by, created_at, updated_at,
                   expires_at, last_used_at
            FROM platform.api_key
            """;

    private final JdbcClient database;

    public ApiKeyStore(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    void insert(ApiKey key, byte[] digest) {
        changeable(key,
                """
                        INSERT INTO platform.api_key (id, key_digest, start, name, account_id, tenant_id, scopes, metadata, enabled,
                                                      created_by, created_at, updated_at, expires_at)
                        VALUES (:id, :digest, :start, :name, :account, :tenant, :scopes, :metadata, :enabled,
                                :createdBy, :createdAt, :updatedAt, :expiresAt)""")
                .param("digest", digest)
                .param("start", key.start()).param("account", key.account())
                .param("tenant", key.tenant()).param("createdBy", key.createdBy())
                .param("createdAt", at(key.createdAt())).update();
    }

    /** @return its digest; empty: it has been deleted meanwhile */
    Optional<byte[]> update(ApiKey key) {
        return changeable(key, """
                UPDATE platform.api_key
                SET name = :name, scopes = :scopes, metadata = :metadata, enabled = :enabled, updated_at = :updatedAt,
                    expires_at = :expiresAt
                WHERE id = :id
                RETURNING key_digest""").query((row, _) -> row.getBytes(1)).optional();
    }

    Optional<ApiKey> withDigest(byte[] digest) {
        return database.sql(SELECT + "WHERE key_digest = ?").param(digest).query(ApiKeyStore::read).optional();
    }

    /** One of a tenant's keys. */
    Optional<ApiKey> withId(UUID id, UUID tenant) {
        return database.sql(SELECT + "WHERE id = ? AND tenant_id = ?").params(id, tenant).query(ApiKeyStore::read)
                .optional();
    }

    /** The newest first. */
    List<ApiKey> of(UUID account, UUID tenant) {
        return database.sql(SELECT + "WHERE account_id = ? AND tenant_id = ? ORDER BY created_at DESC, id")
                .params(account, tenant).query(ApiKeyStore::read).list();
    }

    /** @return the digest of what is gone; empty: it was gone already */
    Optional<byte[]> delete(UUID id) {
        return database.sql("DELETE FROM platform.api_key WHERE id = ? RETURNING key_digest").param(id)
                .query((row, _) -> row.getBytes(1)).optional();
    }

    /** Notes that a key is in use, unless that was done a moment ago. */
    void used(ApiKey key, Instant now) {
        Instant noted = key.lastUsedAt();
        if (noted == null || !now.isBefore(noted.plus(NOTED_EACH))) {
            database.sql("UPDATE platform.api_key SET last_used_at = ? WHERE id = ?").params(at(now), key.id())
                    .update();
        }
    }

    /** A statement with the key's id and what may change about it. */
    private JdbcClient.StatementSpec changeable(ApiKey key, String sql) {
        Instant expiresAt = key.expiresAt();
        return database.sql(sql).param("id", key.id()).param("name", key.name())
                .param("scopes", key.scopes().text(), Types.VARCHAR).param("metadata", key.metadata(), Types.VARCHAR)
                .param("enabled", key.enabled()).param("updatedAt", at(key.updatedAt()))
                .param("expiresAt", expiresAt == null ? null : at(expiresAt), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static ApiKey read(ResultSet row, int number) throws SQLException {
        return new ApiKey(row.getObject("id", UUID.class), row.getString("start"), row.getString("name"),
                row.getObject("account_id", UUID.class), row.getObject("tenant_id", UUID.class),
                Scopes.ofText(row.getString("scopes")), row.getString("metadata"), row.getBoolean("enabled"),
                row.getObject("created_by", UUID.class), instant(row, "created_at"), instant(row, "updated_at"),
                instantOrNone(row, "expires_at"), instantOrNone(row, "last_used_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNone(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
