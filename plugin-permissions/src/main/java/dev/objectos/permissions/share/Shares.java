package dev.objectos.permissions.share;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shares of all tenants, in the database. */
public final class Shares {

    /** Where statements look for them. */
    public static final String SCHEMA = "platform";
    public static final String TABLE = "record_share";

    private static final String COLUMNS = "id, object, record_id, grantee, access, granted_by, granted_at, expires_at";

    private final JdbcClient database;

    /** @param worker the pool of the role that sees every tenant */
    public Shares(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /** Opens a record; whoever it is open to already gets what is said now. */
    public Share add(UUID tenant, Share share) {
        return database
                .sql("insert into platform.record_share (tenant_id, object, record_id, grantee, access, granted_by, "
                        + "granted_at, expires_at) values (:tenant, :object, :record, :grantee, :access, :by, :at, :until) "
                        + "on conflict (tenant_id, object, record_id, grantee) do update set access = excluded.access, "
                        + "granted_by = excluded.granted_by, granted_at = excluded.granted_at, "
                        + "expires_at = excluded.expires_at returning " + COLUMNS)
                .param("tenant", tenant)
                .param("object", share.object()).param("record", share.record())
                .param("grantee", share.grantee().written())
                .param("access", share.access().word()).param("by", share.grantedBy())
                .param("at", time(share.grantedAt())).param("until", time(share.expiresAt())).query(Shares::share)
                .single();
    }

    /** Whom a record is open to, the first first; those that have run out are not among them. */
    public List<Share> of(UUID tenant, String object, UUID record, Instant now) {
        return database.sql("select " + COLUMNS + " from platform.record_share where tenant_id = :tenant "
                + "and object = :object and record_id = :record and (expires_at is null or expires_at > :now) "
                + "order by granted_at, id").param("tenant", tenant).param("object", object).param("record", record)
                .param("now", time(now)).query(Shares::share).list();
    }

    public Optional<Share> find(UUID tenant, UUID id) {
        return database.sql("select " + COLUMNS + " from platform.record_share where tenant_id = :tenant and id = :id")
                .param("tenant", tenant).param("id", id).query(Shares::share).optional();
    }

    public void remove(UUID tenant, UUID id) {
        database.sql("delete from platform.record_share where tenant_id = :tenant and id = :id").param("tenant", tenant)
                .param("id", id).update();
    }

    /** A record that is open to somebody. */
    record Shared(UUID tenant, String object, UUID record) {

        /** Whether they are records of the same tenant and object. */
        boolean alike(Shared other) {
            return tenant.equals(other.tenant) && object.equals(other.object);
        }
    }

    /**
     * Records that are open to somebody, by tenant, object and id.
     *
     * @param last the one before the first; null: from the start
     */
    List<Shared> recordsAfter(@Nullable Shared last, int limit) {
        UUID least = new UUID(0, 0);
        return database
                .sql("select distinct tenant_id, object, record_id from platform.record_share "
                        + "where (tenant_id, object, record_id) > (:tenant, :object, :record) "
                        + "order by tenant_id, object, record_id limit :limit")
                .param("tenant", last == null ? least : last.tenant())
                .param("object", last == null ? "" : last.object())
                .param("record", last == null ? least : last.record()).param("limit", limit)
                .query((row, _) -> new Shared(row.getObject(1, UUID.class), row.getString(2),
                        row.getObject(3, UUID.class)))
                .list();
    }

    /** Ends all shares of some records. @return how many */
    int remove(UUID tenant, String object, Collection<UUID> records) {
        return database.sql("delete from platform.record_share where tenant_id = :tenant and object = :object "
                + "and record_id = any(:records)").param("tenant", tenant).param("object", object)
                .param("records", records.toArray(UUID[]::new)).update();
    }

    /** Ends those that have run out a day ago: whoever asks is told of none of them any more. @return how many */
    int removeExpired() {
        return database.sql("delete from platform.record_share where expires_at < now() - interval '1 day'").update();
    }

    private static Share share(ResultSet row, int number) throws SQLException {
        OffsetDateTime until = row.getObject("expires_at", OffsetDateTime.class);
        return new Share(row.getObject("id", UUID.class), row.getString("object"),
                row.getObject("record_id", UUID.class), Grantee.read(row.getString("grantee")),
                Access.named(row.getString("access")).orElseThrow(), row.getObject("granted_by", UUID.class),
                row.getObject("granted_at", OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
