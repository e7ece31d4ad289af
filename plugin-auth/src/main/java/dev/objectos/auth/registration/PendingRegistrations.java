package dev.objectos.auth.registration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps registrations until their address is confirmed, or for a day. */
public final class PendingRegistrations {

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final String COLUMNS = "id, tenant_id, email, name, username, password_hash, locale, callback";

    private final JdbcClient database;
    private final Clock clock;

    public PendingRegistrations(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    void add(PendingRegistration pending) {
        Instant now = clock.instant();
        database.sql("DELETE FROM platform.pending_registration WHERE expires_at < ?").param(at(now)).update();
        database.sql("INSERT INTO platform.pending_registration (" + COLUMNS + ", expires_at) "
                + "VALUES (:id, :tenant, :email, :name, :username, :hash, :language, :callback, :expires)")
                .param("id", pending.id()).param("tenant", pending.tenant()).param("email", pending.email())
                .param("name", pending.name()).param("username", pending.username(), Types.VARCHAR)
                .param("hash", pending.passwordHash()).param("language", pending.locale().toLanguageTag())
                .param("callback", pending.callback(), Types.VARCHAR).param("expires", at(now.plus(LIFETIME))).update();
    }

    Optional<PendingRegistration> find(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM platform.pending_registration WHERE id = ? AND expires_at > ?")
                .params(id, at(clock.instant())).query(PendingRegistrations::read).optional();
    }

    List<PendingRegistration> of(String email) {
        return database.sql("SELECT " + COLUMNS + " FROM platform.pending_registration "
                + "WHERE lower(email) = lower(?) AND expires_at > ?").params(email, at(clock.instant()))
                .query(PendingRegistrations::read).list();
    }

    /** Forgets whatever was registered with that address. */
    void forget(String email) {
        database.sql("DELETE FROM platform.pending_registration WHERE lower(email) = lower(?)").param(email).update();
    }

    private static PendingRegistration read(ResultSet row, int number) throws SQLException {
        return new PendingRegistration(row.getObject("id", UUID.class), row.getObject("tenant_id", UUID.class),
                row.getString("email"), row.getString("name"), row.getString("username"),
                row.getString("password_hash"), Locale.forLanguageTag(row.getString("locale")),
                row.getString("callback"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
