package dev.objectos.audit.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts in the database, and what they are raised by. */
final class AlertStore {

    /** One node at a time looks; the others have nothing to add. */
    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(7022083905126066549)";

    /** The tenants in which there is enough of it, and nobody was told within the window. */
    private static final String FIND = """
            SELECT e.tenant_id, count(*) AS found, count(DISTINCT e.user_id) AS people FROM platform.audit_entry e
            WHERE e.at > :from AND e.at <= :now AND e.action = ANY(:actions) AND (:any OR e.object = :object)
            AND NOT EXISTS (SELECT 1 FROM platform.audit_alert a WHERE a.tenant_id = e.tenant_id
                AND a.object = :object AND a.event = :event AND a.raised_at > :from)
            GROUP BY e.tenant_id HAVING count(*) >= :threshold""";

    private static final String RAISE = """
            INSERT INTO platform.audit_alert (tenant_id, object, event, threshold, window_minutes, found, people, notify,
                raised_at, next_try)
            VALUES (:tenant, :object, :event, :threshold, :minutes, :found, :people, :notify, :now, :now)""";

    private static final String CLAIM = """
            UPDATE platform.audit_alert a SET next_try = :until WHERE a.id IN (SELECT id FROM platform.audit_alert
                WHERE done_at IS NULL AND next_try <= :now ORDER BY next_try LIMIT 20 FOR UPDATE SKIP LOCKED)
            RETURNING id, tenant_id, object, event, window_minutes, found, people, notify, raised_at, tries""";

    private final JdbcClient database;

    AlertStore(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /** Where a rule holds. */
    record Found(UUID tenant, long entries, int people) {}

    /** Whether this node is the one that looks, until its transaction ends. */
    boolean alone() {
        return database.sql(LOCK).query(Boolean.class).single();
    }

    List<Found> find(AlertRule rule, Instant now) {
        return database.sql(FIND).param("from", at(now.minus(rule.window()))).param("now", at(now))
                .param("actions", rule.actions().toArray(String[]::new)).param("any", rule.anyObject())
                .param("object", rule.object()).param("event", rule.event()).param("threshold", rule.threshold())
                .query((row, _) -> new Found(row.getObject(1, UUID.class), row.getLong(2), row.getInt(3))).list();
    }

    void raise(AlertRule rule, Found found, Instant now) {
        database.sql(RAISE).param("tenant", found.tenant()).param("object", rule.object())
                .param("event", rule.event()).param("threshold", rule.threshold())
                .param("minutes", (int) rule.window().toMinutes()).param("found", found.entries())
                .param("people", found.people()).param("notify", rule.recipients().toArray(String[]::new))
                .param("now", at(now)).update();
    }

    /** Some of which somebody is yet to be told; for others they are there again from {@code until} on. */
    List<Alert> claim(Instant now, Instant until) {
        return database.sql(CLAIM).param("now", at(now)).param("until", at(until)).query(AlertStore::alert).list();
    }

    void done(UUID id, Instant now) {
        database.sql("UPDATE platform.audit_alert SET done_at = ? WHERE id = ?").params(at(now), id).update();
    }

    void again(UUID id, Instant next) {
        database.sql("UPDATE platform.audit_alert SET tries = tries + 1, next_try = ? WHERE id = ?")
                .params(at(next), id).update();
    }

    private static Alert alert(ResultSet row, int number) throws SQLException {
        return new Alert(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3),
                row.getString(4), Duration.ofMinutes(row.getInt(5)), row.getLong(6), row.getInt(7),
                List.of((String[]) row.getArray(8).getArray()), row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getInt(10));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
