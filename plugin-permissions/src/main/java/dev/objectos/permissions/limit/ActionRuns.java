package dev.objectos.permissions.limit;

import dev.objectos.permissions.definition.RateLimit;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts how often people run actions, in the database, so that all nodes count together and a restart forgets nothing. A run counts in
 * each of its limits or in none.
 */
public final class ActionRuns {

    /** Begins a period, goes on with it, or changes nothing where it is used up. */
    private static final String COUNT = """
            INSERT INTO platform.action_run_count AS c (tenant_id, user_id, action, seconds, runs, ends_at)
            VALUES (:tenant, :user, :action, :seconds, 1, :end)
            ON CONFLICT (tenant_id, user_id, action, seconds) DO UPDATE
            SET runs = CASE WHEN c.ends_at <= :now THEN 1 ELSE c.runs + 1 END,
                ends_at = CASE WHEN c.ends_at <= :now THEN :end ELSE c.ends_at END
            WHERE c.ends_at <= :now OR c.runs < :times
            RETURNING runs""";

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;

    /** @param worker the pool of the role that sees every tenant */
    public ActionRuns(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(worker));
        this.clock = clock;
    }

    /**
     * Counts a run that is about to begin.
     *
     * @param action the object's name, a dot, and the action's
     * @param limits the shortest first
     * @throws PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds, where one of them is used up
     */
    public void count(UUID tenant, UUID user, String action, List<RateLimit> limits) {
        Instant now = clock.instant();
        Optional<RateLimit> usedUp = Objects.requireNonNull(transactions.execute(status -> {
            for (RateLimit limit : limits) {
                if (!counted(tenant, user, action, limit, now)) {
                    status.setRollbackOnly();
                    return Optional.of(limit);
                }
            }
            return Optional.empty();
        }));
        if (usedUp.isPresent()) {
            throw refused(tenant, user, action, usedUp.get(), now);
        }
    }

    private boolean counted(UUID tenant, UUID user, String action, RateLimit limit, Instant now) {
        Integer runs = database.sql(COUNT).param("tenant", tenant).param("user", user).param("action", action)
                .param("seconds", limit.within().toSeconds()).param("end", at(now.plus(limit.within())))
                .param("now", at(now)).param("times", limit.times()).query(Integer.class).optional().orElse(null);
        if (runs != null && runs == 1) {
            tidy(tenant, user, now);
        }
        return runs != null;
    }

    /** Somebody's periods that are over; those of people who never come back are a row for each action. */
    private void tidy(UUID tenant, UUID user, Instant now) {
        database.sql("DELETE FROM platform.action_run_count WHERE tenant_id = ? AND user_id = ? AND ends_at <= ?")
                .params(tenant, user, at(now)).update();
    }

    private PlatformException refused(UUID tenant, UUID user, String action, RateLimit limit, Instant now) {
        long seconds = database
                .sql("SELECT ends_at FROM platform.action_run_count WHERE tenant_id = ? AND user_id = ? "
                        + "AND action = ? AND seconds = ?")
                .params(tenant, user, action, limit.within().toSeconds()).query(Timestamp.class).optional()
                .map(end -> Math.max(1, Duration.between(now, end.toInstant()).plusMillis(999).toSeconds())).orElse(1L);
        return new PlatformException(RuntimeError.RATE_LIMITED,
                "You may run " + action + " " + limit.times() + " times in " + word(limit.within())
                        + "; try again in " + seconds + " s")
                .with("retryAfter", seconds);
    }

    private static String word(Duration within) {
        return within.equals(Duration.ofMinutes(1))
                ? "a minute"
                : within.equals(Duration.ofHours(1)) ? "an hour" : "a day";
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
