package dev.objectos.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RecordSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records one after another: the same ones in the same order as a query shows, however many. */
class RecordStreamTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final int MANY = 2_345;

    private static TestingRecords records;
    private static UUID acme;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("record_streams");
        acme = records.insert("accounts", Map.of("name", "Acme", "revenue", new BigDecimal("1234567890123456.10"),
                "active", true, "founded", LocalDate.of(2001, 2, 3), "opens", LocalTime.of(8, 30), "seen_at",
                Instant.parse("2026-01-31T14:30:00.5Z"), "tags", List.of("a", "b \"c\"")));
        records.insert("accounts", TestingRecords.OTHER_TENANT, Map.of("name", "Foreign"));
        for (int i = 0; i < MANY; i++) {
            records.insert("contacts", i % 3 == 0
                    ? Map.of("last_name", "Person " + i)
                    : Map.of("last_name", "Person " + i, "salary", new BigDecimal(i), "account", acme));
        }
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void readsEveryRecordInOrder() {
        Read read = read(TestingQuery.of("contacts").fields("last_name").sort("-last_name").limit(Integer.MAX_VALUE)
                .build());
        assertThat(read.rows).hasSize(MANY);
        List<String> names = read.rows.stream().map(List::getFirst).toList();
        List<String> first = new ArrayList<>();
        records.query(TestingQuery.of("contacts").sort("-last_name").limit(1_000).build()).path("records")
                .forEach(record -> first.add(record.path("last_name").asString()));
        assertThat(names.subList(0, 1_000)).isEqualTo(first);
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void givesValuesAsTheirKindsSay() {
        Read read = read(TestingQuery.of("accounts").fields("name", "revenue", "active", "founded", "opens", "seen_at",
                "tags", "id", "parent", "title", "is_new").build());
        assertThat(read.columns).extracting(RecordColumn::kind).containsExactly(RecordColumn.Kind.TEXT,
                RecordColumn.Kind.NUMBER, RecordColumn.Kind.BOOLEAN, RecordColumn.Kind.DATE, RecordColumn.Kind.TIME,
                RecordColumn.Kind.INSTANT, RecordColumn.Kind.JSON, RecordColumn.Kind.ID, RecordColumn.Kind.ID,
                RecordColumn.Kind.TEXT, RecordColumn.Kind.BOOLEAN);
        assertThat(read.rows).containsExactly(Arrays.asList("Acme", "1234567890123456.10", "true", "2001-02-03",
                "08:30:00", "2026-01-31T14:30:00.5Z", "[\"a\",\"b \\\"c\\\"\"]", acme.toString(), null, "Acme!",
                "false"));
    }

    @Test
    void writesTheJsonThatAQueryShows() {
        Query query = TestingQuery.of("contacts").expand(expansion("account", "name")).limit(7).build();
        assertThat(read(query).json)
                .isEqualTo(records.query(query).path("records").valueStream().toList());
    }

    @Test
    void showsFieldsOfLookupsAsColumnsAndChildrenAsJson() {
        Read named = read(TestingQuery.of("contacts").fields("account.name", "last_name", "account")
                .where("last_name", Operator.EQ, "Person 1").build());
        assertThat(named.columns).extracting(RecordColumn::name).containsExactly("account.name", "last_name",
                "account");
        assertThat(named.rows).containsExactly(List.of("Acme", "Person 1", acme.toString()));
        Read expanded = read(TestingQuery.of("accounts").fields("name").expand(expansion("contacts", "last_name"))
                .build());
        assertThat(expanded.columns).extracting(RecordColumn::name).containsExactly("name", "contacts");
        assertThat(JSON.readTree(expanded.rows.getFirst().getLast()).size()).isEqualTo(100);
        assertThat(read(TestingQuery.of("contacts").expand(expansion("account", "name")).limit(1).build()).columns)
                .extracting(RecordColumn::name).contains("account.id", "account.name").doesNotContain("account");
    }

    @Test
    void keepsToFiltersPagesAndTenants() {
        assertThat(read(TestingQuery.of("contacts").where("salary", Operator.GTE, new BigDecimal(2_000))
                .limit(Integer.MAX_VALUE).build()).rows).hasSize(230);
        assertThat(read(TestingQuery.of("contacts").offset(MANY - 5).limit(1_500).build()).rows).hasSize(5);
        assertThat(read(TestingQuery.of("contacts").limit(1_500).build()).rows).hasSize(1_500);
        assertThat(read(Query.of("accounts")).rows).hasSize(1);
    }

    @Test
    void hidesAndMasksAsForAnyQuery() {
        var rights = new HidingRewriter().field("contacts", "salary").mask("contacts", "last_name",
                new Masking.LastCharacters(2));
        Read read = read(TestingQuery.of("contacts").sort("id").limit(1).build(), rights);
        assertThat(read.columns).extracting(RecordColumn::name).contains("last_name").doesNotContain("salary",
                "yearly");
        int name = read.columns.stream().map(RecordColumn::name).toList().indexOf("last_name");
        assertThat(read.rows.getFirst().get(name)).endsWith(" 0").doesNotContain("Person");
        assertThatThrownBy(() -> read(TestingQuery.of("contacts").fields("salary").build(), rights))
                .isInstanceOfSatisfying(PlatformException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_FIELD));
    }

    @Test
    void refusesWhatIsNoListOfRecords() {
        for (Query query : List.of(TestingQuery.of("contacts").groupBy("account").build(),
                TestingQuery.of("contacts").cursor("x").build(), TestingQuery.of("contacts").limit(0).build())) {
            assertThatThrownBy(() -> read(query)).isInstanceOfSatisfying(PlatformException.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_QUERY));
        }
    }

    @Test
    void endsWithTheSinkAndLeavesTheConnectionAsItWas() {
        assertThatThrownBy(() -> records.pipeline().stream(all("contacts"), new RecordSink() {

            @Override
            public void begin(List<RecordColumn> columns) {}

            @Override
            public void record(Row row) throws IOException {
                throw new IOException("gone");
            }
        }, TestingRecords.SESSION)).isInstanceOf(IOException.class).hasMessage("gone");
        for (int i = 0; i < 20; i++) {
            records.insert("regions", Map.of("code", "after"));
        }
    }

    @Test
    void showsWhatIsReadToWhoWatchesFinds() throws IOException {
        var seen = new ArrayList<JsonNode>();
        var sink = new Reading();
        var watched = new WatchedSink("contacts", sink, part -> seen.add(JSON.readTree(part.utf8())));
        records.pipeline().stream(all("contacts"), watched, TestingRecords.SESSION);
        watched.end();
        assertThat(seen).extracting(part -> part.path("records").size()).containsExactly(1_000, 1_000, 345);
        assertThat(seen).extracting(part -> part.path("hasMore").asBoolean()).containsExactly(true, true, false);
        assertThat(sink.rows).hasSize(MANY);
    }

    private static Expansion expansion(String name, String... fields) {
        return new Expansion(name, List.of(fields), List.of(), Predicate.ALWAYS, List.of(), null, null);
    }

    private static Query all(String object) {
        return TestingQuery.of(object).limit(Integer.MAX_VALUE).build();
    }

    /** What a stream has given. */
    private record Read(List<RecordColumn> columns, List<List<@Nullable String>> rows, List<JsonNode> json) {}

    private static Read read(Query query, QueryRewriter... rewriters) {
        var reading = new Reading();
        try {
            records.pipeline(rewriters).stream(query, reading, TestingRecords.SESSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Read(reading.columns, reading.rows, reading.json);
    }

    /** Keeps everything. */
    private static final class Reading implements RecordSink {

        private List<RecordColumn> columns = List.of();
        private final List<List<@Nullable String>> rows = new ArrayList<>();
        private final List<JsonNode> json = new ArrayList<>();

        @Override
        public void begin(List<RecordColumn> found) {
            columns = found;
        }

        @Override
        public void record(Row row) throws IOException {
            var values = new ArrayList<@Nullable String>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(row.text(i));
            }
            rows.add(values);
            var out = new ByteArrayOutputStream();
            row.writeJson(out);
            json.add(JSON.readTree(out.toString(StandardCharsets.UTF_8)));
        }
    }
}
