package dev.objectos.auth.passkey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The passkeys of accounts. */
public final class PasskeyStore {

    private static final String ALL = """
            SELECT id, account_id, credential_id, public_key, aaguid, sign_count, backup_eligible, backed_up, transports,
                   name, created_at, last_used_at
            FROM platform.passkey
            """;

    private final JdbcClient database;
    private final Clock clock;

    public PasskeyStore(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /** Those of an account, the oldest first. */
    public List<Passkey> of(UUID account) {
        return database.sql(ALL + "WHERE account_id = ? ORDER BY created_at, id").param(account)
                .query(PasskeyStore::read).list();
    }

    Optional<Passkey> find(String credentialId) {
        return database.sql(ALL + "WHERE credential_id = ?").param(credentialId).query(PasskeyStore::read).optional();
    }

    Optional<Passkey> find(UUID account, UUID id) {
        return database.sql(ALL + "WHERE account_id = ? AND id = ?").params(account, id).query(PasskeyStore::read)
                .optional();
    }

    /** @return false where the credential is known already, whosever it is */
    boolean add(Passkey passkey) {
        return database
                .sql("""
                        INSERT INTO platform.passkey (id, account_id, credential_id, public_key, aaguid, sign_count,
                                                      backup_eligible, backed_up, transports, name, created_at)
                        VALUES (:id, :account, :credential, :key, :aaguid, :count, :eligible, :backedUp, :transports, :name, :at)
                        ON CONFLICT (credential_id) DO NOTHING""")
                .param("id", passkey.id()).param("account", passkey.account())
                .param("credential", passkey.credentialId()).param("key", passkey.publicKey())
                .param("aaguid", passkey.aaguid()).param("count", passkey.signCount())
                .param("eligible", passkey.backupEligible()).param("backedUp", passkey.backedUp())
                .param("transports", passkey.transports().toArray(String[]::new)).param("name", passkey.name())
                .param("at", passkey.createdAt().atOffset(ZoneOffset.UTC)).update() > 0;
    }

    /**
     * Notes that it was used.
     *
     * @return false where its counter does not go on from the last one known: of two copies, one is not its owner's
     */
    boolean used(Passkey passkey, long signCount, boolean backedUp) {
        return database.sql("""
                UPDATE platform.passkey SET sign_count = :count, backed_up = :backedUp, last_used_at = :now
                WHERE id = :id AND (sign_count < :count OR (sign_count = 0 AND :count = 0))""")
                .param("count", signCount).param("backedUp", backedUp)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC)).param("id", passkey.id()).update() > 0;
    }

    boolean rename(UUID account, UUID id, String name) {
        return database.sql("UPDATE platform.passkey SET name = ? WHERE account_id = ? AND id = ?")
                .params(name, account, id).update() > 0;
    }

    boolean delete(UUID account, UUID id) {
        return database.sql("DELETE FROM platform.passkey WHERE account_id = ? AND id = ?").params(account, id)
                .update() > 0;
    }

    private static Passkey read(ResultSet row, int number) throws SQLException {
        OffsetDateTime used = row.getObject("last_used_at", OffsetDateTime.class);
        return new Passkey(row.getObject("id", UUID.class), row.getObject("account_id", UUID.class),
                row.getString("credential_id"), row.getString("public_key"), row.getObject("aaguid", UUID.class),
                row.getLong("sign_count"), row.getBoolean("backup_eligible"), row.getBoolean("backed_up"),
                List.of((String[]) row.getArray("transports").getArray()), row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), used == null ? null : used.toInstant());
    }
}
