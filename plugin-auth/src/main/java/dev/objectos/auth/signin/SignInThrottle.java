package dev.objectos.auth.signin;

import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Slows down guessing, whichever way in is tried and on whichever node. An attempt counts as failed until it has succeeded, so that
 * many at once are no way around it. Names are treated alike whether or not somebody is called so.
 */
public final class SignInThrottle {

    private static final int MAX_DOUBLINGS = 20;

    private final JdbcClient database;
    private final ThrottleProperties properties;
    private final Clock clock;

    public SignInThrottle(DataSource worker, ThrottleProperties properties, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Begins an attempt.
     *
     * @param name what is signed in as; letter case does not matter
     * @throws PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds, while the name or the address is blocked
     */
    public void begin(String name, @Nullable String ipAddress) {
        if (ipAddress != null) {
            attempt(address(ipAddress), properties.addressFailures());
        }
        attempt(account(name), properties.failures());
    }

    /** The attempt was right: what failed before on that name counts no more. */
    public void succeeded(String name, @Nullable String ipAddress) {
        database.sql("DELETE FROM platform.sign_in_throttle WHERE key = ?").param(account(name)).update();
        if (ipAddress != null) {
            uncount(address(ipAddress));
        }
    }

    /** Nobody could tell whether the attempt was right: it counts for nothing. */
    public void withdrawn(String name, @Nullable String ipAddress) {
        uncount(account(name));
        if (ipAddress != null) {
            uncount(address(ipAddress));
        }
    }

    private void uncount(byte[] key) {
        database.sql("UPDATE platform.sign_in_throttle SET failures = greatest(failures - 1, 0), blocked_until = NULL "
                + "WHERE key = ?").param(key).update();
    }

    private void attempt(byte[] key, int allowed) {
        Instant now = clock.instant();
        Integer failures = database.sql("""
                INSERT INTO platform.sign_in_throttle AS t (key, failures, last_attempt)
                VALUES (:key, 1, :now)
                ON CONFLICT (key) DO UPDATE
                SET failures = CASE WHEN t.last_attempt < :forgotten THEN 1 ELSE t.failures + 1 END, last_attempt = :now
                WHERE t.blocked_until IS NULL OR t.blocked_until <= :now
                RETURNING failures""").param("key", key).param("now", at(now))
                .param("forgotten", at(now.minus(properties.forgetAfter()))).query(Integer.class).optional()
                .orElse(null);
        if (failures == null) {
            throw refused(key, now);
        }
        if (failures >= allowed) {
            Duration block = block(failures - allowed);
            database.sql("UPDATE platform.sign_in_throttle SET blocked_until = :until WHERE key = :key")
                    .param("until", at(now.plus(block))).param("key", key).update();
        }
    }

    private Duration block(int doublings) {
        Duration block = properties.block().multipliedBy(1L << Math.min(doublings, MAX_DOUBLINGS));
        return block.compareTo(properties.longestBlock()) < 0 ? block : properties.longestBlock();
    }

    private PlatformException refused(byte[] key, Instant now) {
        long seconds = database.sql("SELECT blocked_until FROM platform.sign_in_throttle WHERE key = ?").param(key)
                .query(Timestamp.class).optional()
                .map(until -> Math.max(1, Duration.between(now, until.toInstant()).toSeconds())).orElse(1L);
        return new PlatformException(RuntimeError.RATE_LIMITED,
                "Too many attempts to sign in; try again in " + seconds + " s").with("retryAfter", seconds);
    }

    private static byte[] account(String name) {
        return Tokens.digest("account " + name.strip().toLowerCase(Locale.ROOT));
    }

    private static byte[] address(String ipAddress) {
        return Tokens.digest("address " + ipAddress);
    }

    /** Deletes what counts no more. */
    public void tidy() {
        database.sql(
                "DELETE FROM platform.sign_in_throttle WHERE last_attempt < ? AND (blocked_until IS NULL OR blocked_until < ?)")
                .params(at(clock.instant().minus(properties.forgetAfter())), at(clock.instant())).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
