package dev.objectos.auth.jwt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The signing keys as they are stored, the same for all nodes. */
public final class SigningKeyTable {

    private static final String LOCK = "objectos.signing-keys";

    private final JdbcClient database;

    public SigningKeyTable(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /** Those that verify something still, in the order in which they sign. */
    List<SigningKey> read(Instant now) {
        return database.sql("""
                SELECT id, public_key, private_key, signs_from, signs_until, verifies_until FROM platform.signing_key
                WHERE verifies_until > ? ORDER BY signs_from""").param(at(now)).query(SigningKeyTable::key).list();
    }

    /** Keeps other nodes from making one until the transaction under way is over. */
    void lock() {
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))").param(LOCK).query((_, _) -> true).single();
    }

    void add(SigningKey key) {
        database.sql("""
                INSERT INTO platform.signing_key (id, public_key, private_key, signs_from, signs_until, verifies_until)
                VALUES (?, ?, ?, ?, ?, ?)""").params(key.id(), key.publicKey().toJSONString(), key.sealed(),
                at(key.signsFrom()), at(key.signsUntil()), at(key.verifiesUntil())).update();
    }

    void deleteOver(Instant now) {
        database.sql("DELETE FROM platform.signing_key WHERE verifies_until <= ?").param(at(now)).update();
    }

    private static SigningKey key(ResultSet row, int number) throws SQLException {
        return SigningKey.of(row.getObject(1, UUID.class), row.getString(2), row.getString(3), instant(row, 4),
                instant(row, 5), instant(row, 6));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
