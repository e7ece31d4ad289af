package dev.objectos.auth.saml;

import dev.objectos.auth.token.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers which assertions have been used, on all nodes together. */
public final class AssertionReplays {

    private final JdbcClient database;
    private final Clock clock;

    public AssertionReplays(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /** @return false where it has been used before */
    boolean first(String provider, SamlAssertion assertion) {
        database.sql("DELETE FROM platform.saml_assertion WHERE expires_at < ?").param(at(clock.instant())).update();
        return database.sql("INSERT INTO platform.saml_assertion (digest, expires_at) VALUES (?, ?) "
                + "ON CONFLICT (digest) DO NOTHING")
                .params(Tokens.digest(provider + '\n' + assertion.id()), at(assertion.expiresAt())).update() > 0;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
