package dev.objectos.auth.twofactor;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The tables of second factors. What is used up, of several who try at once one uses. */
public final class SecondFactorStore {

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;

    public SecondFactorStore(DataSource worker, TransactionOperations transactions, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * A second factor as it is kept.
     *
     * @param secret sealed
     * @param confirmedAt null: being set up
     * @param lastStep of the last code that was used
     */
    record Stored(String secret, @Nullable Instant confirmedAt, long lastStep) {}

    Optional<Stored> find(UUID account) {
        return database
                .sql("SELECT secret, confirmed_at, last_step FROM platform.second_factor WHERE account_id = ?")
                .param(account).query((row, _) -> {
                    Timestamp confirmed = row.getTimestamp(2);
                    return new Stored(row.getString(1), confirmed == null ? null : confirmed.toInstant(),
                            row.getLong(3));
                }).optional();
    }

    /** Begins to set one up, in place of one that was not confirmed. @return whether there was no confirmed one */
    boolean begin(UUID account, String sealed, List<byte[]> codes) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            int begun = database.sql("""
                    INSERT INTO platform.second_factor AS f (account_id, secret, created_at, last_step)
                    VALUES (?, ?, ?, 0)
                    ON CONFLICT (account_id) DO UPDATE
                    SET secret = excluded.secret, created_at = excluded.created_at, last_step = 0
                    WHERE f.confirmed_at IS NULL""").params(account, sealed, at(clock.instant())).update();
            if (begun > 0) {
                replace(account, codes);
            }
            return begun > 0;
        }));
    }

    /** Uses the code of a time step. @return whether it, and all later ones, had not been used */
    boolean use(UUID account, long step) {
        return database
                .sql("UPDATE platform.second_factor SET last_step = :step, confirmed_at = coalesce(confirmed_at, :now) "
                        + "WHERE account_id = :account AND last_step < :step")
                .param("step", step).param("now", at(clock.instant())).param("account", account).update() > 0;
    }

    void remove(UUID account) {
        database.sql("DELETE FROM platform.second_factor WHERE account_id = ?").param(account).update();
    }

    /** These codes, and no others any more. */
    void replaceCodes(UUID account, List<byte[]> codes) {
        transactions.executeWithoutResult(_ -> replace(account, codes));
    }

    private void replace(UUID account, List<byte[]> codes) {
        database.sql("DELETE FROM platform.backup_code WHERE account_id = ?").param(account).update();
        codes.forEach(code -> database.sql("INSERT INTO platform.backup_code (account_id, code_digest) VALUES (?, ?)")
                .params(account, code).update());
    }

    /** Uses a code up. @return whether it was one */
    boolean takeCode(UUID account, byte[] code) {
        return database.sql("DELETE FROM platform.backup_code WHERE account_id = ? AND code_digest = ?")
                .params(account, code).update() > 0;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
