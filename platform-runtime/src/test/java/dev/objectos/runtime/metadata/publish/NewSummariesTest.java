package dev.objectos.runtime.metadata.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Summaries that come, or become something else, when their parents and children are there already. */
@RunsBesideOthers
class NewSummariesTest {

    private static final Session OTHER = Session.system(UUID.fromString("00000000-0000-7000-8000-0000000000ff"),
            Origin.SYSTEM);

    private static final String DEALS = """
            fields:
              name: {type: text}
              amount: {type: number}
              stage: {type: select, options: [open, won], default: open}
              weight: {type: formula, expression: "record.amount * %s", return_type: number}
              account: {type: lookup, reference_to: accounts, on_delete: cascade}
            """;

    private TestingApplication application;

    @BeforeEach
    void open() {
        application = new TestingApplication("new_summaries").file("regions.object.yml", "fields: {name: {type: text}}")
                .file("deals.object.yml", DEALS.formatted(2));
        accounts("");
        application.publish();
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void areComputedForTheRecordsOfEveryTenant() {
        UUID mine = account("A", TestingApplication.SESSION);
        account("childless", TestingApplication.SESSION);
        deal(mine, 10, "open", TestingApplication.SESSION);
        deal(mine, 30, "won", TestingApplication.SESSION);
        deal(account("B", OTHER), 7, "won", OTHER);
        accounts(
                """
                          deals: {type: summary, summary: {object: deals, function: count}}
                          total: {type: summary, summary: {object: deals, field: amount, function: sum}}
                          smallest: {type: summary, summary: {object: deals, field: amount, function: min}}
                          average: {type: summary, summary: {object: deals, field: amount, function: avg}}
                          won: {type: summary, summary: {object: deals, field: amount, function: sum, filter: "record.stage == 'won'"}}
                          weighted: {type: summary, summary: {object: deals, field: weight, function: sum}}
                        """);
        application.publish();
        assertThat(stored("concat_ws('/', name, deals, total, smallest, average::numeric(9), won, weighted)"))
                .containsExactly("A/2/40/10/20/30/80", "B/1/7/7/7/7/14", "childless/0/0/0/0");
        deal(mine, 5, "open", TestingApplication.SESSION);
        assertThat(stored("concat_ws('/', deals, total, smallest)")).contains("3/45/5");
        assertThat(application.owner("SELECT DISTINCT version::text FROM data.accounts")).containsExactly("1");
    }

    @Test
    void areComputedAnewWhenTheirDefinitionChangesHoweverFarAway() {
        UUID account = account("A", TestingApplication.SESSION);
        deal(account, 10, "open", TestingApplication.SESSION);
        deal(account, 30, "won", TestingApplication.SESSION);
        total("object: deals, field: amount, function: sum");
        assertThat(stored("total::text")).containsExactly("40");
        total("object: deals, field: amount, function: max");
        assertThat(stored("total::text")).containsExactly("30");
        total("object: deals, field: amount, function: sum, filter: \"record.stage == 'open'\"");
        assertThat(stored("total::text")).containsExactly("10");
        total("object: deals, field: weight, function: sum");
        assertThat(stored("total::text")).containsExactly("80");
        application.file("deals.object.yml", DEALS.formatted(3)).publish();
        assertThat(stored("total::text")).containsExactly("120");
    }

    @Test
    void areDatesWhereTheyAreTheFirstOrLastOfDates() {
        application.file("visits.object.yml", """
                fields:
                  day: {type: date}
                  at: {type: datetime}
                  account: {type: lookup, reference_to: accounts}
                """).file("regions.object.yml", """
                fields:
                  name: {type: text}
                  visited: {type: summary, summary: {object: accounts, field: last_day, function: max}}
                """);
        accounts("""
                  last_day: {type: summary, summary: {object: visits, field: day, function: max}}
                  first_time: {type: summary, summary: {object: visits, field: at, function: min}}
                  days: {type: formula, expression: "last_day - date('2026-01-01')", return_type: integer}
                  ahead: {type: formula, expression: "last_day - first_time", return_type: number}
                  whole: {type: formula, expression: "last_day - first_time", return_type: integer}
                """);
        application.publish();
        UUID region = create("regions", Map.of("name", "North"), TestingApplication.SESSION);
        UUID account = create("accounts", Map.of("name", "A", "region", region.toString()), TestingApplication.SESSION);
        for (String day : List.of("2026-01-31", "2026-01-11")) {
            create("visits", Map.of("day", day, "at", day + "T10:00:00Z", "account", account.toString()),
                    TestingApplication.SESSION);
        }
        assertThat(application.rows("accounts", "name", "last_day", "first_time", "days", "whole"))
                .containsExactly("A 2026-01-31 2026-01-11T10:00:00Z 30 19");
        assertThat(application.rows("accounts", "ahead")).singleElement().asString().startsWith("19.58333333");
        assertThat(application.rows("regions", "name", "visited")).containsExactly("North 2026-01-31");
    }

    @Test
    void areComputedAnewWhenTheyAreBackAfterAWhile() {
        UUID account = account("A", TestingApplication.SESSION);
        deal(account, 10, "open", TestingApplication.SESSION);
        total("object: deals, field: amount, function: sum");
        accounts("");
        application.publish();
        deal(account, 5, "open", TestingApplication.SESSION);
        total("object: deals, field: amount, function: sum");
        assertThat(stored("total::text")).containsExactly("15");
    }

    @Test
    void bringAlongTheSummariesThatAreMadeOfThem() {
        UUID north = create("regions", Map.of("name", "North"), TestingApplication.SESSION);
        UUID account = create("accounts", Map.of("name", "A", "region", north.toString()),
                TestingApplication.SESSION);
        deal(account, 10, "open", TestingApplication.SESSION);
        deal(account, 30, "won", TestingApplication.SESSION);
        application.file("regions.object.yml", """
                fields:
                  name: {type: text}
                  total: {type: summary, summary: {object: accounts, field: total, function: sum}}
                  largest: {type: summary, summary: {object: accounts, field: total, function: max}}
                """);
        total("object: deals, field: amount, function: sum");
        assertThat(application.owner("SELECT total || '/' || largest FROM data.regions")).containsExactly("40/40");
        total("object: deals, field: amount, function: min");
        assertThat(application.owner("SELECT total || '/' || largest FROM data.regions")).containsExactly("10/10");
    }

    @Test
    void areComputedUpATreeOfRecords() {
        UUID root = account("root", TestingApplication.SESSION);
        UUID branch = create("accounts", Map.of("name", "branch", "above", root.toString()),
                TestingApplication.SESSION);
        create("accounts", Map.of("name", "leaf", "above", branch.toString()), TestingApplication.SESSION);
        create("accounts", Map.of("name", "another leaf", "above", root.toString()), TestingApplication.SESSION);
        accounts(
                """
                          above: {type: lookup, reference_to: accounts}
                          with_itself: {type: formula, expression: "record.below + 1", return_type: number}
                          below: {type: summary, summary: {object: accounts, reference: above, field: with_itself, function: sum}}
                        """);
        application.publish();
        assertThat(stored("concat_ws(' ', name, below)")).containsExactly("another leaf 0", "branch 1", "leaf 0",
                "root 3");
    }

    @Test
    void areCompletedByTheNextPublishWhereOneWasInterrupted() {
        for (int i = 0; i < 450; i++) {
            deal(account("A%03d".formatted(i), TestingApplication.SESSION), i, "open", TestingApplication.SESSION);
        }
        String last = application.owner("SELECT id::text FROM data.accounts ORDER BY id DESC LIMIT 1").getFirst();
        application.owner("""
                CREATE FUNCTION platform.refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'out of order'; END $$;
                CREATE TRIGGER refuse BEFORE UPDATE ON data.accounts FOR EACH ROW
                WHEN (new.id = '%s') EXECUTE FUNCTION platform.refuse()""".formatted(last));
        total("object: deals, field: amount, function: sum");
        assertThat(application.owner("SELECT count(total)::text FROM data.accounts")).containsExactly("400");
        assertThat(application.owner("SELECT complete || ' ' || (failure IS NOT NULL) FROM platform.derived_field"
                + " WHERE field = 'total'")).containsExactly("false true");
        List<String> done = untouched();
        application.owner("DROP TRIGGER refuse ON data.accounts");
        application.publish();
        assertThat(application.owner("SELECT sum(total)::text FROM data.accounts")).containsExactly("" + 450 * 449 / 2);
        assertThat(untouched()).as("what was done is not done again").isEqualTo(done);
        assertThat(application.owner("SELECT complete || ' ' || (failure IS NOT NULL) FROM platform.derived_field"
                + " WHERE field = 'total'")).containsExactly("true false");
    }

    @Test
    void missNoChildOfThoseWhoWriteMeanwhile() throws Exception {
        var accounts = new ArrayList<UUID>();
        for (int i = 0; i < 30; i++) {
            accounts.add(account("A" + i, TestingApplication.SESSION));
        }
        var published = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                writers.add(threads.submit(() -> write(accounts, published)));
            }
            for (String function : List.of("sum", "max", "avg", "sum")) {
                accounts("  deals: {type: summary, summary: {object: deals, function: count}}\n  total: {type: summary,"
                        + " summary: {object: deals, field: amount, function: " + function + "}}\n");
                application.publish();
                accounts("");
                application.publish();
            }
            accounts("  deals: {type: summary, summary: {object: deals, function: count}}\n"
                    + "  total: {type: summary, summary: {object: deals, field: amount, function: sum}}\n");
            application.publish();
            published.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(application.owner("""
                SELECT name || ' ' || deals || ' ' || total FROM data.accounts ORDER BY name""")).isEqualTo(
                application
                        .owner("""
                                SELECT a.name || ' ' || count(d.id) || ' ' || coalesce(sum(d.amount), 0)
                                FROM data.accounts a LEFT JOIN data.deals d ON d.account = a.id GROUP BY a.name ORDER BY a.name"""));
    }

    @Test
    void missNoChildOfAWriteThatBeganBeforeThem() throws Exception {
        UUID account = account("A", TestingApplication.SESSION);
        Thread writer;
        Thread publisher;
        try (var _ = application.hold("LOCK TABLE data.deals IN SHARE MODE")) {
            writer = Thread.ofPlatform().start(() -> deal(account, 10, "open", TestingApplication.SESSION));
            Eventually.await(() -> !application.platform("SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) "
                    + "WHERE NOT granted AND datname = current_database()").isEmpty());
            publisher = Thread.ofPlatform().start(() -> total("object: deals, field: amount, function: sum"));
            Eventually.await(() -> application.current().version() == 2);
            Eventually.await(() -> publisher.getState() == Thread.State.WAITING || !publisher.isAlive());
        }
        writer.join();
        publisher.join();
        assertThat(stored("total::text")).containsExactly("10");
    }

    private void write(List<UUID> accounts, AtomicBoolean enough) {
        var random = ThreadLocalRandom.current();
        for (int i = 0; i < 20 || !enough.get(); i++) {
            UUID account = accounts.get(random.nextInt(accounts.size()));
            UUID deal = deal(account, random.nextInt(100), "open", TestingApplication.SESSION);
            switch (random.nextInt(3)) {
                case 0 -> application.records().update(
                        new Mutation.Update("deals", deal, Map.of("amount", random.nextInt(100)), null),
                        TestingApplication.SESSION);
                case 1 -> application.records().delete(new Mutation.Delete("deals", deal, null),
                        TestingApplication.SESSION);
                default -> {
                    // It stays as it is.
                }
            }
        }
    }

    private List<String> untouched() {
        return application.owner("SELECT xmin::text FROM data.accounts ORDER BY id LIMIT 400");
    }

    private void total(String summary) {
        accounts("  total: {type: summary, summary: {" + summary + "}}\n");
        application.publish();
    }

    private void accounts(String more) {
        application.file("accounts.object.yml", """
                fields:
                  name: {type: text}
                  region: {type: lookup, reference_to: regions}
                """ + (more.contains("above:") ? "" : "  above: {type: lookup, reference_to: accounts}\n") + more);
    }

    private List<String> stored(String expression) {
        return application.owner("SELECT " + expression + " FROM data.accounts ORDER BY name COLLATE \"C\"").stream()
                .sorted().toList();
    }

    private UUID account(String name, Session session) {
        return create("accounts", Map.of("name", name), session);
    }

    private UUID deal(UUID account, int amount, String stage, Session session) {
        return create("deals", Map.of("amount", amount, "stage", stage, "account", account.toString()), session);
    }

    private UUID create(String object, Map<String, Object> values, Session session) {
        return application.records().create(new Mutation.Create(object, values), session).id();
    }
}
