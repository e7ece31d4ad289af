package dev.objectos.permissions;

import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What permissions cost a read: a tenant with 10,000 users, and 200 record rules of which five apply to each. One record, and
 * the 50 records of an account, which are the same with and without permissions. Rounds with and without take turns in one
 * run; no HTTP, so that the cost is not hidden in it.
 *
 * <p>
 * {@code java -cp … dev.objectos.permissions.PermissionBenchmark [rounds] [seconds a round]}
 */
public final class PermissionBenchmark {

    private static final int USERS = 10_000;
    private static final int RULES = 200;
    private static final int RULES_OF_A_USER = 5;
    private static final int ACCOUNTS = 2_000;
    private static final int RECORDS_OF_AN_ACCOUNT = 50;
    private static final int RECORDS = ACCOUNTS * RECORDS_OF_AN_ACCOUNT;
    private static final int CLIENTS = 8;

    private final List<UUID> ids;
    private final List<Session> sessions = new ArrayList<>();
    /** By user, an account that they may see. */
    private final List<Integer> accounts = new ArrayList<>();

    private PermissionBenchmark(List<UUID> ids) {
        this.ids = ids;
        var random = new Random(42);
        for (int user = 0; user < USERS; user++) {
            Set<Integer> regions = new HashSet<>();
            while (regions.size() < RULES_OF_A_USER) {
                regions.add(random.nextInt(RULES));
            }
            var roles = new HashSet<>(Set.of("sales"));
            regions.forEach(region -> roles.add("region_" + region));
            sessions.add(new Session(Session.DEFAULT_TENANT,
                    new UserIdentity(new UUID(7, user), "u" + user + "@example.com", "User " + user, null), roles,
                    false,
                    Locale.ENGLISH, ZoneOffset.UTC, Origin.REST));
            accounts.add(regions.iterator().next() + RULES * random.nextInt(ACCOUNTS / RULES));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Catalog catalog = TestingCatalogs.of(yaml());
        TestingWrites writes = TestingWrites.over("permission_benchmark", catalog);
        PlatformMigrations.migrate(writes.databases(), List.of(PermissionsPlugin.ID));
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < RECORDS; i++) {
            ids.add(new UUID(0x0190000000007000L + ((long) i << 16), 0x8000000000000000L + i));
        }
        fill(writes, ids);
        var benchmark = new PermissionBenchmark(ids);
        var rights = new RightsByCatalog(_ -> List.of());
        ReadPipeline open = reads(writes, List.of());
        ReadPipeline guarded = reads(writes, List.of(new PermissionRewriter(rights)));
        System.out.printf("%d users, %d rules of which %d apply, %d records, %d clients, %d rounds of %d s each way%n",
                USERS, RULES, RULES_OF_A_USER, RECORDS, CLIENTS, rounds, seconds);
        for (Kind kind : Kind.values()) {
            benchmark.run(kind, open, 4 * seconds);
            benchmark.run(kind, guarded, 4 * seconds);
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                double without = benchmark.run(kind, open, seconds);
                double with = benchmark.run(kind, guarded, seconds);
                ratios[round] = without / with - 1;
                System.out.printf("%-4s without %8.0f/s   with %8.0f/s   overhead %5.1f %%%n", kind, without, with,
                        100 * ratios[round]);
            }
            Arrays.sort(ratios);
            System.out.printf("%-4s median overhead %.1f %%%n", kind, 100 * ratios[rounds / 2]);
        }
        System.exit(0);
    }

    private enum Kind {
        GET, LIST
    }

    /** Requests a second. */
    private double run(Kind kind, ReadPipeline pipeline, int seconds) throws Exception {
        var done = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var work = new ArrayList<Callable<Void>>();
            for (int client = 0; client < CLIENTS; client++) {
                var random = new Random(client);
                work.add(() -> {
                    while (System.nanoTime() < end) {
                        int user = random.nextInt(USERS);
                        Session session = sessions.get(user);
                        switch (kind) {
                            case GET -> pipeline.get(new RecordQuery("deals",
                                    ids.get(accounts.get(user) * RECORDS_OF_AN_ACCOUNT
                                            + random.nextInt(RECORDS_OF_AN_ACCOUNT)),
                                    List.of(), List.of()), session);
                            case LIST -> pipeline.query(list(accounts.get(user)), session);
                        }
                        done.incrementAndGet();
                    }
                    return null;
                });
            }
            for (var result : clients.invokeAll(work)) {
                result.get();
            }
        }
        return done.get() / (double) seconds;
    }

    /** The records of an account, the largest first. */
    private static Query list(int account) {
        return new Query("deals", List.of(), new Predicate.Comparison(FieldPath.of("account"), Operator.EQ,
                new Operand.Literal("a" + account)), List.of(new Sort(FieldPath.of("amount"), true)), Page.first(50),
                List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
    }

    private static ReadPipeline reads(TestingWrites writes, List<QueryRewriter> rewriters) {
        return new ReadPipeline(writes.catalogs(), new ReadPlanner(rewriters),
                new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC());
    }

    private static void fill(TestingWrites writes, List<UUID> ids) {
        var table = PhysicalSchema.of(writes.catalogs().current()).table("deals");
        TestingDatabase.execute(writes.databases(), "select set_config('app.tenant', '" + Session.DEFAULT_TENANT
                + "', true); insert into data.\"" + table.name()
                + "\" (tenant_id, id, version, "
                + "created_at, updated_at, \"" + table.column("title").name() + "\", \""
                + table.column("account").name()
                + "\", \"" + table.column("region").name() + "\", \"" + table.column("amount").name() + "\") "
                + "select '" + Session.DEFAULT_TENANT + "', ('0190' || lpad(to_hex(i / 65536), 4, '0') || '-' || "
                + "lpad(to_hex(i % 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), now(), "
                + "'Deal ' || i, 'a' || (i / " + RECORDS_OF_AN_ACCOUNT + "), 'r' || (i / " + RECORDS_OF_AN_ACCOUNT
                + " % "
                + RULES + "), i from generate_series(0, " + (ids.size() - 1) + ") i; analyze data.\"" + table.name()
                + "\"");
    }

    private static String yaml() {
        var yaml = new StringBuilder("""
                name: deals
                fields:
                  title: {type: text}
                  account: {type: text, index: true}
                  region: {type: text, index: true}
                  amount: {type: number, index: true}
                permission_sets:
                  sales: {allowRead: true, allowCreate: true, allowEdit: true}
                sharing: {default: private}
                record_rules:
                """);
        for (int rule = 0; rule < RULES; rule++) {
            yaml.append("  - {name: region_").append(rule).append(", roles: [region_").append(rule)
                    .append("], operations: [read, update], condition: \"record.region == 'r").append(rule)
                    .append("'\"}\n");
        }
        return yaml.toString();
    }
}
