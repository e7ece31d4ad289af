package dev.objectos.auth.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tokens that work once and not for long: links in mails, second steps of a sign-in, what somebody brings back from a provider.
 * The database knows their digests alone.
 */
public final class OneTimeTokens {

    private final JdbcClient database;
    private final Clock clock;
    private final Tokens tokens = new Tokens();

    public OneTimeTokens(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /**
     * What a token stands for.
     *
     * @param account whose it is; null: of nobody known yet
     * @param payload whatever was to be remembered
     */
    public record OneTimeToken(@Nullable UUID account, String payload) {}

    /**
     * Makes one.
     *
     * @param purpose what it may be used for, such as {@code reset-password}; nothing else accepts it
     */
    public String issue(String purpose, @Nullable UUID account, String payload, Duration lifetime) {
        Instant now = clock.instant();
        String token = tokens.next();
        database.sql("DELETE FROM platform.one_time_token WHERE expires_at < ?").param(at(now)).update();
        database.sql("""
                INSERT INTO platform.one_time_token (token_digest, purpose, account_id, payload, created_at, expires_at)
                VALUES (:digest, :purpose, :account, :payload, :now, :expires)""").param("digest", Tokens.digest(token))
                .param("purpose", purpose).param("account", account, java.sql.Types.OTHER).param("payload", payload)
                .param("now", at(now)).param("expires", at(now.plus(lifetime))).update();
        return token;
    }

    /** Uses one up; of several who try at once, one succeeds. */
    public Optional<OneTimeToken> take(String purpose, String token) {
        return database.sql("""
                DELETE FROM platform.one_time_token WHERE token_digest = ? AND purpose = ? AND expires_at > ?
                RETURNING account_id, payload""").params(Tokens.digest(token), purpose, at(clock.instant()))
                .query(OneTimeTokens::read).optional();
    }

    /** Looks at one without using it up. */
    public Optional<OneTimeToken> peek(String purpose, String token) {
        return database.sql("""
                SELECT account_id, payload FROM platform.one_time_token
                WHERE token_digest = ? AND purpose = ? AND expires_at > ?""")
                .params(Tokens.digest(token), purpose, at(clock.instant())).query(OneTimeTokens::read).optional();
    }

    /** Takes back whatever was issued to an account for that purpose. */
    public void revoke(String purpose, UUID account) {
        database.sql("DELETE FROM platform.one_time_token WHERE purpose = ? AND account_id = ?")
                .params(purpose, account)
                .update();
    }

    /** Takes back whatever was issued to an account, for whatever purpose. */
    public void revokeAll(UUID account) {
        database.sql("DELETE FROM platform.one_time_token WHERE account_id = ?").param(account).update();
    }

    private static OneTimeToken read(ResultSet row, int number) throws SQLException {
        return new OneTimeToken(row.getObject(1, UUID.class), row.getString(2));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
