package dev.objectos.audit;

import dev.objectos.audit.entry.EntryQuery;
import dev.objectos.audit.partition.Partitions;
import dev.objectos.audit.seal.HeadFile;
import dev.objectos.audit.seal.Retiring;
import dev.objectos.audit.seal.Sealer;
import dev.objectos.audit.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * How quickly a large trail answers: entries of twelve months, twenty tenants and thirty objects, half of them kept for ever and half for
 * thirty days. Arguments: how many entries (10,000,000), and {@code seal} to seal all of them and retire a month the way the server does;
 * without it the month's table is dropped by itself.
 */
public final class TrailBenchmark {

    private static final int CHUNK = 50_000;
    private static final int MONTHS = 12;
    private static final int RECORDS = 200_000;
    private static final int QUESTIONS = 200;
    private static final int PAGE = 101;
    private static final int KEPT_DAYS = 30;

    /** Half of everything is of the first tenant, as where one is much larger than the others. */
    private static final String ENTRIES = """
            INSERT INTO platform.audit_entry (tenant_id, keep_days, at, action, object, record_id, version, user_id, ip,
                request_id, origin, changes)
            SELECT CASE WHEN n %% 2 = 0 THEN '00000000-0000-7000-8000-000000000001'::uuid
                    ELSE ('00000000-0000-7000-8000-0000000001' || lpad((n / 2 %% 19)::text, 2, '0'))::uuid END,
                CASE WHEN r.id %% 2 = 0 THEN 0 ELSE %1$d END, '%2$s'::timestamptz + (n %% %3$d) * interval '%4$d microseconds',
                (ARRAY['update', 'update', 'update', 'create', 'delete'])[(1 + n %% 5)::integer], 'object_' || r.id %% 30,
                ('00000000-0000-7000-9000-' || lpad(to_hex(r.id), 12, '0'))::uuid, n %% 9,
                ('00000000-0000-7000-a000-' || lpad(to_hex(n %% 500), 12, '0'))::uuid, '192.0.2.' || n %% 250,
                md5(n::text), 'rest', jsonb_build_object('status', jsonb_build_object('from', 'open', 'to', 'won'),
                    'amount', jsonb_build_object('from', n, 'to', n + 1))
            FROM generate_series(%5$d::bigint, %6$d) AS n, LATERAL (SELECT (n * 7919) %% %7$d AS id) AS r""";

    /** Somebody who did something three times in the last month. */
    private static final String OF_SOMEBODY_QUIET = """
            INSERT INTO platform.audit_entry (tenant_id, keep_days, at, action, object, record_id, user_id, origin)
            SELECT '00000000-0000-7000-8000-000000000001', 0, '%s-02T00:00:00Z'::timestamptz + n * interval '9 days',
                'update', 'object_0', '00000000-0000-7000-9000-000000000000', '00000000-0000-7000-a000-00000000ffff',
                'rest' FROM generate_series(0, 2) AS n""";
    private static final int QUIET = 0xffff;

    private TrailBenchmark() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        boolean seal = List.of(arguments).contains("seal");
        YearMonth last = YearMonth.now(ZoneOffset.UTC).minusMonths(2);
        try (var own = new TestingAudit("audit_large");
                Connection owner = own.writes.databases().owner().getConnection()) {
            long began = System.nanoTime();
            fill(owner, entries, last.minusMonths(MONTHS - 1));
            System.out.printf("%,d entries written in %.0f s%n", entries, (System.nanoTime() - began) / 1e9);
            ask(own, last);
            retire(own, owner, seal, last.minusMonths(MONTHS - 1));
        }
    }

    private static void fill(Connection owner, int entries, YearMonth first) throws SQLException {
        List<String> indexes = withoutIndexes(owner);
        int ofMonth = entries / MONTHS;
        for (int i = 0; i < MONTHS; i++) {
            YearMonth month = first.plusMonths(i);
            for (int days : new int[]{0, KEPT_DAYS}) {
                execute(owner, "SELECT platform.audit_prepare(" + days + ", '" + month.atDay(1) + "')");
            }
            long apart = month.lengthOfMonth() * 86_400_000_000L / ofMonth;
            for (int from = 0; from < ofMonth; from += CHUNK) {
                // One transaction each, as a sealer meets them.
                execute(owner, ENTRIES.formatted(KEPT_DAYS, month.atDay(1) + "T00:00:00Z", ofMonth, apart,
                        (long) i * ofMonth + from, (long) i * ofMonth + Math.min(from + CHUNK, ofMonth) - 1, RECORDS));
            }
        }
        execute(owner, "SET maintenance_work_mem = '512MB'");
        execute(owner, OF_SOMEBODY_QUIET.formatted(first.plusMonths(MONTHS - 1)));
        for (String index : indexes) {
            execute(owner, index);
        }
        execute(owner, "ANALYZE platform.audit_entry");
    }

    /** Drops the indexes, and says how to make them again. */
    private static List<String> withoutIndexes(Connection owner) throws SQLException {
        var indexes = new ArrayList<String>();
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery("SELECT indexname, replace(indexdef, ' ON ONLY ', ' ON ') "
                        + "FROM pg_indexes WHERE schemaname = 'platform' AND tablename = 'audit_entry'")) {
            while (rows.next()) {
                indexes.add(rows.getString(2));
                execute(owner, "DROP INDEX platform." + rows.getString(1));
            }
        }
        return indexes;
    }

    private static void ask(TestingAudit own, YearMonth last) {
        var random = new Random(7);
        UUID tenant = own.administrator.tenant();
        Instant to = last.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant from = last.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        measure("trail of a record", own, _ -> {
            int record = random.nextInt(RECORDS);
            return EntryQuery.about(tenant, "object_" + record % 30, record(record), null, null);
        });
        measure("history of a field", own, _ -> {
            int record = random.nextInt(RECORDS);
            return EntryQuery.about(tenant, "object_" + record % 30, record(record), "amount", null);
        });
        measure("events, newest", own, _ -> query(tenant, null, null, null, null, null));
        measure("events of an object in a month", own,
                _ -> query(tenant, "object_" + random.nextInt(30), null, null, from, to));
        measure("events of a person", own, _ -> query(tenant, null, person(2 * random.nextInt(250)), null, null, null));
        measure("events of a person who did little", own, _ -> query(tenant, null, person(QUIET), null, null, null));
        measure("deletions in a month", own, _ -> query(tenant, null, null, "delete", from, to));
    }

    private static EntryQuery query(UUID tenant, @Nullable String object, @Nullable UUID user, @Nullable String action,
            @Nullable Instant from, @Nullable Instant to) {
        return new EntryQuery(List.of(tenant), object, null, user, action, null, from, to, null);
    }

    private static UUID record(int number) {
        return UUID.fromString("00000000-0000-7000-9000-" + "%012x".formatted(number));
    }

    private static UUID person(int number) {
        return UUID.fromString("00000000-0000-7000-a000-" + "%012x".formatted(number));
    }

    private static void measure(String what, TestingAudit own, IntFunction<EntryQuery> question) {
        var millis = new double[QUESTIONS];
        long found = 0;
        for (int i = -20; i < QUESTIONS; i++) {
            EntryQuery query = question.apply(i);
            long began = System.nanoTime();
            found += own.entries.page(query, PAGE).size();
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(millis);
        System.out.printf("%-33s median %6.2f ms   p99 %7.2f ms   %,d entries found%n", what, millis[QUESTIONS / 2],
                millis[QUESTIONS * 99 / 100], found);
    }

    private static void retire(TestingAudit own, Connection owner, boolean seal, YearMonth first)
            throws SQLException, IOException {
        if (!seal) {
            long began = System.nanoTime();
            execute(owner, "DROP TABLE platform.audit_entry_" + KEPT_DAYS + "_"
                    + first.toString().replace('-', '_'));
            System.out.printf("a month dropped in %.0f ms%n", (System.nanoTime() - began) / 1e6);
            return;
        }
        Path home = Files.createTempDirectory("objectos-trail");
        try {
            var worker = own.writes.databases().worker();
            SigningKey key = SigningKey.in(home);
            long began = System.nanoTime();
            new Sealer(worker, key, new HeadFile(home), Clock.systemUTC()).everything();
            System.out.printf("sealed in %.0f s%n", (System.nanoTime() - began) / 1e9);
            began = System.nanoTime();
            int gone = new Retiring(worker, new Partitions(worker), key, null, Clock.systemUTC()).pass().size();
            System.out.printf("%d months retired in %.1f s%n", gone, (System.nanoTime() - began) / 1e9);
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private static void execute(Connection owner, String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
