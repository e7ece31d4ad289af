package dev.objectos.runtime.metadata.publish;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Autonumbers that come when there are records already. */
@RunsBesideOthers
class NewNumbersTest {

    private static final Session OTHER = Session.system(UUID.fromString("00000000-0000-7000-8000-0000000000ff"),
            Origin.SYSTEM);

    private TestingApplication application;

    @BeforeEach
    void open() {
        application = new TestingApplication("new_numbers").file("bills.object.yml", "fields: {name: {type: text}}\n");
        application.publish();
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void countOldRecordsInTheOrderTheyWereMadeAndGoOnWithNewOnes() {
        IntStream.range(0, 1_100).forEach(i -> bill("%04d".formatted(i), TestingApplication.SESSION));
        bill("theirs", OTHER);
        // Made in the opposite order, some at the same moment.
        application.owner("UPDATE data.bills SET created_at = timestamptz '2024-01-01 12:00Z'"
                + " - interval '1 minute' * (name::int / 2) WHERE name <> 'theirs'");
        numbered("B-{0000}");
        bill("new", TestingApplication.SESSION);
        bill("their new", OTHER);
        assertThat(application.owner("SELECT number FROM data.bills WHERE name NOT LIKE 'their%'"
                + " ORDER BY created_at, id"))
                .isEqualTo(IntStream.rangeClosed(1, 1_101).mapToObj("B-%04d"::formatted).toList());
        assertThat(
                application.owner("SELECT name || ' ' || number FROM data.bills WHERE name LIKE 'their%' ORDER BY id"))
                .containsExactly("theirs B-0001", "their new B-0002");
        assertThat(application.owner("SELECT DISTINCT version::text FROM data.bills")).containsExactly("1");
    }

    @Test
    void countWithinThePeriodInWhichARecordWasMade() {
        List.of("a", "b", "c", "d").forEach(name -> bill(name, TestingApplication.SESSION));
        application.owner("UPDATE data.bills SET created_at = '2023-12-31 23:59:59Z' WHERE name IN ('b', 'd')");
        application.owner("UPDATE data.bills SET created_at = '2024-01-01 00:00:00Z' WHERE name = 'a'");
        application.owner("UPDATE data.bills SET created_at = '2024-07-01 00:00:00Z' WHERE name = 'c'");
        numbered("{YYYY}/{00}");
        assertThat(application.rows("bills", "name", "number")).containsExactly("a 2024/01", "b 2023/01", "c 2024/02",
                "d 2023/02");
    }

    @Test
    void stayWhenTheFormatChanges() {
        bill("old", TestingApplication.SESSION);
        numbered("B-{0000}");
        numbered("BILL-{00}");
        bill("new", TestingApplication.SESSION);
        assertThat(application.rows("bills", "name", "number")).containsExactly("new BILL-02", "old B-0001");
    }

    @Test
    void leaveNoGapWhereCountingWasInterrupted() {
        IntStream.range(0, 700).forEach(i -> bill("%04d".formatted(i), TestingApplication.SESSION));
        application.owner("""
                CREATE FUNCTION platform.refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'out of order'; END $$;
                CREATE TRIGGER refuse BEFORE UPDATE ON data.bills FOR EACH ROW
                WHEN (new.name = '0650') EXECUTE FUNCTION platform.refuse()""");
        numbered("{0000}");
        assertThat(application.owner("SELECT count(number)::text FROM data.bills")).containsExactly("500");
        application.owner("DROP TRIGGER refuse ON data.bills");
        application.publish();
        bill("0700", TestingApplication.SESSION);
        assertThat(application.rows("bills", "number", "name"))
                .isEqualTo(IntStream.rangeClosed(0, 700).mapToObj(i -> "%04d %04d".formatted(i + 1, i)).toList());
    }

    @Test
    void areGivenOnceEachWhileOthersWrite() throws Exception {
        IntStream.range(0, 600).forEach(i -> bill("old", TestingApplication.SESSION));
        var published = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < 3; i++) {
                writers.add(threads.submit(() -> {
                    for (int j = 0; j < 20 || !published.get(); j++) {
                        bill("new", TestingApplication.SESSION);
                    }
                }));
            }
            numbered("{0}");
            published.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        List<String> numbers = application.owner("SELECT number FROM data.bills ORDER BY number::int");
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj(String::valueOf).toList());
        assertThat(application.owner("SELECT max(number::int)::text FROM data.bills WHERE name = 'old'"))
                .as("old records come first").containsExactly("600");
    }

    private void numbered(String format) {
        application.file("bills.object.yml",
                "fields:\n  name: {type: text}\n  number: {type: autonumber, format: '" + format + "'}\n");
        application.publish();
    }

    private void bill(String name, Session session) {
        application.records().create(new Mutation.Create("bills", Map.of("name", name)), session);
    }
}
