package dev.objectos.auth.jwt;

import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tokens that get a client its next access token, each once. One that is shown a second time has been stolen, by the first who used
 * it or by the second: its session ends, and with it every token that came of it.
 */
public final class RefreshTokens {

    private final JdbcClient database;
    private final Logins logins;
    private final JwtProperties properties;
    private final SecurityEvents events;
    private final Clock clock;
    private final Tokens tokens = new Tokens();

    public RefreshTokens(DataSource worker, Logins logins, JwtProperties properties, SecurityEvents events,
            Clock clock) {
        this.database = JdbcClient.create(worker);
        this.logins = logins;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** The next token, and who it belongs to. */
    record Renewed(String token, Instant expiresAt, SignedIn signedIn) {}

    /** The first of a family. */
    Renewed begin(SignedIn signedIn, Client client) {
        LoginSession login = Objects.requireNonNull(signedIn.login());
        Instant now = clock.instant();
        Instant end = now.plus(properties.refreshLifetime());
        Instant expiresAt = end.isBefore(login.expiresAt()) ? end : login.expiresAt();
        String token = tokens.next();
        database.sql("""
                INSERT INTO platform.refresh_token (token_digest, family_id, session_id, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?)""")
                .params(Tokens.digest(token), UUID.randomUUID(), login.id(), at(now), at(expiresAt)).update();
        events.emit("refresh-token.begun", signedIn, client, Map.of("session", login.id().toString()));
        return new Renewed(token, expiresAt, signedIn);
    }

    /**
     * Uses a token up; of several who try at once, one succeeds and the others have shown it a second time.
     *
     * @throws PlatformException {@code UNAUTHENTICATED} where it does not count any more
     */
    Renewed renew(String token, Client client) {
        byte[] digest = Tokens.digest(token);
        String next = tokens.next();
        Optional<Row> row = database.sql("""
                WITH used AS (
                    UPDATE platform.refresh_token SET used_at = :now
                    WHERE token_digest = :digest AND used_at IS NULL AND expires_at > :now
                    RETURNING family_id, session_id, expires_at)
                INSERT INTO platform.refresh_token (token_digest, family_id, session_id, created_at, expires_at)
                SELECT :next, family_id, session_id, :now, expires_at FROM used
                RETURNING session_id, expires_at""").param("now", at(clock.instant())).param("digest", digest)
                .param("next", Tokens.digest(next))
                .query((found, _) -> new Row(found.getObject(1, UUID.class),
                        found.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
        if (row.isEmpty()) {
            endIfUsed(digest, client);
            throw over();
        }
        SignedIn signedIn = logins.use(row.get().session()).orElseThrow(RefreshTokens::over);
        return new Renewed(next, row.get().expiresAt(), signedIn);
    }

    private record Row(UUID session, Instant expiresAt) {}

    private void endIfUsed(byte[] digest, Client client) {
        Optional<UUID> session = database
                .sql("SELECT session_id FROM platform.refresh_token WHERE token_digest = ? AND used_at IS NOT NULL")
                .param(digest).query(UUID.class).optional();
        session.flatMap(logins::use).ifPresent(signedIn -> {
            logins.end(Objects.requireNonNull(signedIn.login()));
            events.emit("refresh-token.reused", signedIn, client, Map.of("session", session.orElseThrow().toString()));
        });
    }

    private static PlatformException over() {
        return new PlatformException(RuntimeError.UNAUTHENTICATED, "The refresh token counts no more; sign in again");
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
