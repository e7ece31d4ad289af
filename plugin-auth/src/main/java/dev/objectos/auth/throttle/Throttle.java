package dev.objectos.auth.throttle;

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
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts attempts over all nodes, and blocks who makes too many. Each is counted before it is made, so that many at once are no way
 * around it.
 */
public final class Throttle {

    private static final String MADE = "(CASE WHEN t.last_attempt < :forgotten THEN 1 ELSE t.failures + 1 END)";

    /** Each attempt beyond those that are allowed doubles the block, up to the longest one. */
    private static final String END_OF_BLOCK = "CAST(:now AS timestamptz) + interval '1 millisecond' "
            + "* least(:longest, :block * power(2, least(%s - :attempts, 20)))";

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient database;
    private final Clock clock;

    public Throttle(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @param kind of what is tried; kinds are counted apart
     * @param name who tries, or what it is tried on; letter case does not matter
     * @param refusal what is said to whoever is refused, without the time
     * @return how many there were in a row, this one included
     * @throws PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds, while the name is blocked
     */
    public int attempt(String kind, String name, Limit limit, String refusal) {
        byte[] key = key(kind, name);
        Instant now = clock.instant();
        // Counting and blocking are one statement: whoever comes next is either counted before the block or refused by it.
        Integer made = database.sql("""
                INSERT INTO platform.sign_in_throttle AS t (key, failures, last_attempt, blocked_until)
                VALUES (:key, 1, :now, CASE WHEN 1 >= :attempts THEN %2$s END)
                ON CONFLICT (key) DO UPDATE
                SET failures = %1$s, last_attempt = :now,
                    blocked_until = CASE WHEN %1$s >= :attempts THEN %3$s END
                WHERE t.blocked_until IS NULL OR t.blocked_until <= :now
                RETURNING failures""".formatted(MADE, END_OF_BLOCK.formatted("1"), END_OF_BLOCK.formatted(MADE)))
                .param("key", key).param("now", at(now)).param("forgotten", at(now.minus(limit.forgetAfter())))
                .param("attempts", limit.attempts()).param("block", limit.block().toMillis())
                .param("longest", limit.longestBlock().toMillis()).query(Integer.class).optional().orElse(null);
        if (made == null) {
            throw refused(key, now, refusal);
        }
        if (made == 1) {
            tidy(now);
        }
        return made;
    }

    private PlatformException refused(byte[] key, Instant now, String refusal) {
        long seconds = database.sql("SELECT blocked_until FROM platform.sign_in_throttle WHERE key = ?").param(key)
                .query(Timestamp.class).optional()
                .map(until -> Math.max(1, Duration.between(now, until.toInstant()).toSeconds())).orElse(1L);
        return new PlatformException(RuntimeError.RATE_LIMITED, refusal + "; try again in " + seconds + " s")
                .with("retryAfter", seconds);
    }

    /** Whatever was tried before counts no more. */
    public void clear(String kind, String name) {
        database.sql("DELETE FROM platform.sign_in_throttle WHERE key = ?").param(key(kind, name)).update();
    }

    /** One attempt counts no more, and a block that it has led to ends. */
    public void takeBack(String kind, String name) {
        database.sql("UPDATE platform.sign_in_throttle SET failures = greatest(failures - 1, 0), blocked_until = NULL "
                + "WHERE key = ?").param(key(kind, name)).update();
    }

    /** Deletes what counts no more. */
    private void tidy(Instant now) {
        database.sql("DELETE FROM platform.sign_in_throttle WHERE last_attempt < ? "
                + "AND (blocked_until IS NULL OR blocked_until < ?)").params(at(now.minus(KEPT)), at(now)).update();
    }

    private static byte[] key(String kind, String name) {
        return Tokens.digest(kind + " " + name.strip().toLowerCase(Locale.ROOT));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
