package dev.objectos.audit.report;

import dev.objectos.audit.view.Readers;
import dev.objectos.runtime.session.Session;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reports over a tenant's trail, for who administers it. */
public final class Reports {

    /** More than anybody reads. */
    private static final int MOST = 10_000;

    private final JdbcClient database;

    /** @param worker connections of the role that does the platform's own work */
    public Reports(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /**
     * What a report is to be about; null: everything.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Wanted(Report report, Instant from, Instant to, @Nullable String object, @Nullable UUID user) {}

    /** @param cut whether there would be more */
    public record Result(List<Map<String, @Nullable Object>> rows, boolean cut) {}

    /** @throws dev.objectos.runtime.PlatformException {@code PERMISSION_DENIED} for everybody else */
    public Result run(Wanted wanted, Session session) {
        Readers.requireReader(session);
        List<Map<String, @Nullable Object>> rows = database.sql(wanted.report().sql() + " LIMIT " + (MOST + 1))
                .param("tenant", session.tenant()).param("tenants", Readers.tenants(session).toArray(UUID[]::new))
                .param("from", wanted.from().atOffset(ZoneOffset.UTC)).param("to", wanted.to().atOffset(ZoneOffset.UTC))
                .param("zone", session.zone().getId()).param("object", wanted.object()).param("user", wanted.user())
                .query((row, _) -> row(row)).list();
        boolean cut = rows.size() > MOST;
        return new Result(cut ? rows.subList(0, MOST) : rows, cut);
    }

    private static Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            row.put(columns.getColumnLabel(column), value(result.getObject(column)));
        }
        return row;
    }

    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        return switch (value) {
            case Array array -> List.of((Object[]) array.getArray());
            case Timestamp moment -> moment.toInstant();
            case null, default -> value;
        };
    }
}
