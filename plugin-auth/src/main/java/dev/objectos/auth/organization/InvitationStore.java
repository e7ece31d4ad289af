package dev.objectos.auth.organization;

import dev.objectos.auth.organization.Invitation.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The invitations of all tenants. */
public final class InvitationStore {

    private static final String COLUMNS = "SELECT id, tenant_id, email, roles, inviter_id, status, created_at, expires_at "
            + "FROM platform.invitation ";

    private final JdbcClient database;
    private final Clock clock;

    public InvitationStore(DataSource worker, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /** Keeps a new one in place of an earlier one to the same address. */
    void add(Invitation made) {
        database.sql(
                "UPDATE platform.invitation SET status = 'CANCELED' WHERE tenant_id = ? AND lower(email) = lower(?)"
                        + " AND status = 'PENDING'")
                .params(made.tenant(), made.email()).update();
        database.sql(
                """
                        INSERT INTO platform.invitation (id, tenant_id, email, roles, inviter_id, status, created_at, expires_at)
                        VALUES (:id, :tenant, :email, :roles, :inviter, 'PENDING', :created, :expires)""")
                .param("id", made.id()).param("tenant", made.tenant()).param("email", made.email())
                .param("roles", made.roles().stream().sorted().toArray(String[]::new))
                .param("inviter", made.inviter(), Types.OTHER).param("created", at(made.createdAt()))
                .param("expires", at(made.expiresAt())).update();
    }

    Optional<Invitation> find(UUID id) {
        return database.sql(COLUMNS + "WHERE id = ?").param(id).query(InvitationStore::read).optional();
    }

    /** Those that can be accepted. */
    List<Invitation> open(UUID tenant) {
        return database
                .sql(COLUMNS + "WHERE tenant_id = ? AND status = 'PENDING' AND expires_at > ? ORDER BY created_at, id")
                .params(tenant, at(clock.instant())).query(InvitationStore::read).list();
    }

    /** All of a tenant, the newest first, as far as people look. */
    List<Invitation> of(UUID tenant) {
        return database.sql(COLUMNS + "WHERE tenant_id = ? ORDER BY created_at DESC, id LIMIT 1000").param(tenant)
                .query(InvitationStore::read).list();
    }

    /** Those to an address that can be accepted. */
    List<Invitation> to(String email) {
        return database.sql(COLUMNS
                + "WHERE lower(email) = lower(?) AND status = 'PENDING' AND expires_at > ? ORDER BY created_at, id")
                .params(email, at(clock.instant())).query(InvitationStore::read).list();
    }

    /** Moves one on; of several who try at once, one succeeds. */
    boolean settle(UUID id, Status from, Status to) {
        return database.sql("UPDATE platform.invitation SET status = ? WHERE id = ? AND status = ?")
                .params(to.name(), id, from.name()).update() == 1;
    }

    private static Invitation read(ResultSet row, int number) throws SQLException {
        return new Invitation(row.getObject("id", UUID.class), row.getObject("tenant_id", UUID.class),
                row.getString("email"), Set.of((String[]) row.getArray("roles").getArray()),
                row.getObject("inviter_id", UUID.class), Status.valueOf(row.getString("status")),
                row.getTimestamp("created_at").toInstant(), row.getTimestamp("expires_at").toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
