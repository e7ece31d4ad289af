package dev.objectos.auth.token;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers what has shown who somebody is and must not do so twice, on all nodes together: assertions, and tokens that clients bring
 * from elsewhere. For as long as it would count.
 */
public final class UsedProofs {

    private final JdbcClient database;
    private final Clock clock;

    public UsedProofs(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /**
     * Uses a proof up; of several who try at once, one succeeds.
     *
     * @param issuer within which it has no namesake
     * @param until when it would count
     * @return false where it has been used before
     */
    public boolean first(String issuer, String proof, Instant until) {
        database.sql("DELETE FROM platform.used_proof WHERE expires_at < ?").param(at(clock.instant())).update();
        return database.sql("INSERT INTO platform.used_proof (digest, expires_at) VALUES (?, ?) "
                + "ON CONFLICT (digest) DO NOTHING")
                .params(Tokens.digest(issuer + '\n' + proof), at(until)).update() > 0;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
