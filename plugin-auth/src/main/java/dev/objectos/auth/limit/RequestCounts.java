package dev.objectos.auth.limit;

import dev.objectos.auth.limit.RequestLimits.Caller;
import dev.objectos.auth.limit.RequestLimits.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where nodes tell each other how much they have served, minute by minute. Used by one thread. */
public final class RequestCounts {

    private static final int MINUTES_KEPT = 3;

    private final JdbcClient database;
    private final UUID node;
    private final Map<Row, Long> seen = new HashMap<>();
    private long latest;

    /** @param node no other one calls itself so */
    public RequestCounts(DataSource worker, UUID node) {
        this.database = JdbcClient.create(worker);
        this.node = node;
    }

    /** What one node has told of a caller in a minute of the database's clock. */
    private record Row(long minute, String kind, String caller, UUID node) {}

    private record Counted(Row row, long requests) {}

    /** Says what this node has served since it last did. */
    void tell(Map<Caller, Long> served) {
        if (served.isEmpty()) {
            return;
        }
        List<Map.Entry<Caller, Long>> callers = List.copyOf(served.entrySet());
        database.sql("""
                INSERT INTO platform.request_count AS c (minute, kind, caller, node, requests, told_at)
                SELECT floor(extract(epoch FROM clock_timestamp()) / 60)::bigint, t.kind, t.caller, :node, t.requests,
                       clock_timestamp()
                FROM unnest(:kinds::text[], :callers::text[], :requests::bigint[]) AS t (kind, caller, requests)
                ON CONFLICT (minute, kind, caller, node) DO UPDATE
                SET requests = c.requests + excluded.requests, told_at = excluded.told_at""")
                .param("node", node)
                .param("kinds", callers.stream().map(entry -> entry.getKey().kind().name()).toArray(String[]::new))
                .param("callers", callers.stream().map(entry -> entry.getKey().id()).toArray(String[]::new))
                .param("requests", callers.stream().map(Map.Entry::getValue).toArray(Long[]::new)).update();
    }

    /** What the other nodes have served since they were last asked about. */
    Map<Caller, Long> news() {
        // What is told while it is looked for is found the next time; nothing counts twice.
        List<Counted> rows = database.sql("""
                SELECT minute, kind, caller, node, requests FROM platform.request_count
                WHERE told_at > clock_timestamp() - interval '10 seconds' AND node <> ?""").param(node)
                .query(RequestCounts::read).list();
        var news = new HashMap<Caller, Long>();
        for (Counted counted : rows) {
            Long before = seen.put(counted.row(), counted.requests());
            long more = counted.requests() - (before == null ? 0 : before);
            if (more > 0) {
                Kind.named(counted.row().kind())
                        .ifPresent(kind -> news.merge(new Caller(kind, counted.row().caller()), more, Long::sum));
            }
        }
        rows.stream().mapToLong(counted -> counted.row().minute()).max().ifPresent(this::forgetBefore);
        return news;
    }

    private void forgetBefore(long minute) {
        if (minute <= latest) {
            return;
        }
        latest = minute;
        seen.keySet().removeIf(row -> row.minute() < minute - 1);
        database.sql("DELETE FROM platform.request_count WHERE minute < ?").param(minute - MINUTES_KEPT).update();
    }

    private static Counted read(ResultSet row, int number) throws SQLException {
        return new Counted(new Row(row.getLong(1), row.getString(2), row.getString(3), row.getObject(4, UUID.class)),
                row.getLong(5));
    }
}
