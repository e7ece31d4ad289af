package dev.objectos.auth.twofactor;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Devices on which somebody has done the second step, and which are not asked for a while; until the password changes. */
public final class TrustedDevices {

    private final JdbcClient database;
    private final Duration lifetime;
    private final Clock clock;
    private final Tokens tokens = new Tokens();

    public TrustedDevices(DataSource worker, Duration lifetime, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** @return what the device shows from now on */
    String trust(UUID account) {
        Instant now = clock.instant();
        String token = tokens.next();
        database.sql("DELETE FROM platform.trusted_device WHERE expires_at < ?").param(at(now)).update();
        database.sql("INSERT INTO platform.trusted_device (token_digest, account_id, created_at, expires_at) "
                + "VALUES (?, ?, ?, ?)").params(Tokens.digest(token), account, at(now), at(now.plus(lifetime)))
                .update();
        return token;
    }

    /** @param token that a device shows; null: none */
    boolean trusts(Account account, @Nullable String token) {
        return token != null && !database.sql("SELECT 1 FROM platform.trusted_device WHERE token_digest = ? "
                + "AND account_id = ? AND expires_at > ? AND created_at > ?")
                .params(Tokens.digest(token), account.id(), at(clock.instant()),
                        at(Objects.requireNonNullElse(account.passwordChangedAt(), Instant.EPOCH)))
                .query(Integer.class).list().isEmpty();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
