package dev.objectos.audit.entry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The entries in the database, as the platform's own login sees them; every question names the tenants. */
public final class EntryStore {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final String COLUMNS = "id, at, action, object, record_id, version, user_id, impersonator_id, "
            + "tenant_id, ip, user_agent, request_id, origin, changes::text, details::text";

    private static final String INSERT = """
            INSERT INTO platform.audit_entry (tenant_id, keep_days, at, action, object, record_id, user_id,
                impersonator_id, ip, user_agent, request_id, origin, details)
            VALUES (:tenant, :days, :at, :action, :object, :record, :user, :impersonator, :ip, :agent, :request,
                :origin, CAST(:details AS jsonb))""";

    /** Rows that travel together to whoever streams. */
    private static final int FETCH = 500;

    private final JdbcClient database;
    private final DataSource worker;

    /** @param worker connections of the role that does the platform's own work */
    public EntryStore(DataSource worker) {
        this.worker = worker;
        this.database = JdbcClient.create(worker);
    }

    /** Adds what no statement of a change adds; in the transaction of the thread, where there is one. */
    void add(NewEntry entry, int days) {
        database.sql(INSERT).param("tenant", entry.tenant() == null ? AuditEntry.NO_TENANT : entry.tenant())
                .param("days", days).param("at", moment(entry.at())).param("action", entry.action())
                .param("object", entry.object()).param("record", entry.record()).param("user", entry.user())
                .param("impersonator", entry.impersonator()).param("ip", entry.ip())
                .param("agent", entry.userAgent()).param("request", entry.requestId())
                .param("origin", entry.origin()).param("details", JSON.writeValueAsString(entry.details())).update();
    }

    /** Newest first. */
    public List<AuditEntry> page(EntryQuery query, int limit) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        String sql = sql(query, " LIMIT " + limit, parameters);
        return database.sql(sql).params(parameters).query((row, _) -> entry(row)).list();
    }

    /** All of them, newest first, a few in memory at a time. */
    public void stream(EntryQuery query, Consumer<AuditEntry> consumer) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        String sql = sql(query, "", parameters);
        // The driver fetches in parts only inside a transaction.
        var reading = new TransactionTemplate(new DataSourceTransactionManager(worker));
        reading.setReadOnly(true);
        var rows = new JdbcTemplate(worker);
        rows.setFetchSize(FETCH);
        reading.executeWithoutResult(_ -> new NamedParameterJdbcTemplate(rows).query(sql, parameters,
                (ResultSet row) -> consumer.accept(entry(row))));
    }

    /** One part for each tenant, so that each is read in the order of an index. */
    private static String sql(EntryQuery query, String limit, Map<String, @Nullable Object> parameters) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < query.tenants().size(); i++) {
            parameters.put("tenant" + i, query.tenants().get(i));
            parts.add("(SELECT " + COLUMNS + " FROM platform.audit_entry WHERE tenant_id = :tenant" + i
                    + conditions(query, parameters) + " ORDER BY at DESC, id DESC" + limit + ")");
        }
        return parts.size() == 1
                ? parts.getFirst()
                : String.join(" UNION ALL ", parts) + " ORDER BY at DESC, id DESC" + limit;
    }

    private static String conditions(EntryQuery query, Map<String, @Nullable Object> parameters) {
        var sql = new StringBuilder();
        add(sql, parameters, "object", query.object(), " AND object = :object");
        add(sql, parameters, "record", query.record(), " AND record_id = :record");
        add(sql, parameters, "user", query.user(), " AND user_id = :user");
        add(sql, parameters, "action", query.action(), " AND action = :action");
        add(sql, parameters, "field", query.field(), " AND jsonb_exists(changes, :field)");
        add(sql, parameters, "from", moment(query.from()), " AND at >= :from");
        add(sql, parameters, "to", moment(query.to()), " AND at < :to");
        EntryCursor after = query.after();
        if (after != null) {
            // The first condition says nothing new; it is the one that leaves out months.
            add(sql, parameters, "last", moment(after.at()), " AND at <= :last AND (at, id) < (:last, :lastId)");
            parameters.put("lastId", after.id());
        }
        return sql.toString();
    }

    private static void add(StringBuilder sql, Map<String, @Nullable Object> parameters, String name,
            @Nullable Object value, String condition) {
        if (value != null) {
            sql.append(condition);
            parameters.put(name, value);
        }
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        UUID tenant = row.getObject(9, UUID.class);
        String details = row.getString(15);
        return new AuditEntry(row.getObject(1, UUID.class), row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3), row.getString(4), row.getObject(5, UUID.class), row.getObject(6, Long.class),
                row.getObject(7, UUID.class), row.getObject(8, UUID.class),
                AuditEntry.NO_TENANT.equals(tenant) ? null : tenant, row.getString(10), row.getString(11),
                row.getString(12), row.getString(13), json(row.getString(14)), json(details == null ? "{}" : details));
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
