package dev.objectos.auth.identity;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.runtime.PlatformException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which account is whose elsewhere. */
public final class LinkedIdentities {

    private final JdbcClient database;
    private final Clock clock;

    public LinkedIdentities(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /** The account that a provider's subject belongs to. */
    public Optional<UUID> find(String provider, String subject) {
        return database.sql("SELECT account_id FROM platform.linked_identity WHERE provider = ? AND subject = ?")
                .params(provider, subject).query(UUID.class).optional();
    }

    /**
     * Says that a provider's subject is the account's owner, or that it has come again.
     *
     * @param email that the provider tells; null: none
     * @throws PlatformException {@code ACCOUNT_NOT_LINKED} where the subject belongs to another account
     */
    public void link(Account account, String provider, String subject, @Nullable String email) {
        int linked = database
                .sql("""
                        INSERT INTO platform.linked_identity AS known
                            (provider, subject, account_id, email, linked_at, last_used_at)
                        VALUES (:provider, :subject, :account, :email, :now, :now)
                        ON CONFLICT (provider, subject) DO UPDATE SET email = EXCLUDED.email, last_used_at = EXCLUDED.last_used_at
                        WHERE known.account_id = EXCLUDED.account_id""")
                .param("provider", provider).param("subject", subject)
                .param("account", account.id()).param("email", email).param("now", now()).update();
        if (linked == 0) {
            throw new PlatformException(AuthError.ACCOUNT_NOT_LINKED,
                    "That person at " + provider + " is linked to another account here");
        }
    }

    /** Has everybody else who asks this of the same subject wait until the transaction is over. */
    void lock(String provider, String subject) {
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))").param(provider + '\n' + subject)
                .query().singleRow();
    }

    /** Who the account is elsewhere, the oldest link first. */
    public List<LinkedIdentity> of(UUID account) {
        return database.sql("""
                SELECT provider, subject, account_id, email, linked_at, last_used_at FROM platform.linked_identity
                WHERE account_id = ? ORDER BY linked_at, provider, subject""").param(account)
                .query(LinkedIdentities::read).list();
    }

    /**
     * Has a provider open the account no more.
     *
     * @return whether it did before
     */
    public boolean unlink(UUID account, String provider) {
        return database.sql("DELETE FROM platform.linked_identity WHERE account_id = ? AND provider = ?")
                .params(account, provider).update() > 0;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static LinkedIdentity read(ResultSet row, int number) throws SQLException {
        return new LinkedIdentity(row.getString(1), row.getString(2), row.getObject(3, UUID.class), row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant(), row.getObject(6, OffsetDateTime.class).toInstant());
    }
}
