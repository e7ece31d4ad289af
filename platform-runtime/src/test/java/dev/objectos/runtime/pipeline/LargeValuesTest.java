package dev.objectos.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.query.TestingQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages whose values are larger than usual: shown whole while they fit into the memory, and refused beyond. */
@RunsBesideOthers
class LargeValuesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** More than each of two columns of a page of a hundred may have. */
    private static final String LARGE = "ä\"x".repeat(60_000);

    private static TestingRecords records;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("large_values");
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = records.databases().owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE data.accounts, data.contacts");
        }
    }

    @Test
    void showsALargeValueAmongSmallOnes() {
        names("a", LARGE, "c");
        ReadPipeline pipeline = records.pipeline();

        // The second query is asked where large values are expected.
        for (int i = 0; i < 2; i++) {
            JsonNode page = ask(pipeline, page(100).build());
            assertThat(texts(page, "name")).containsExactly("a", LARGE, "c");
            assertThat(texts(page, "notes")).containsOnlyNulls();
            assertThat(page.get("total").intValue()).isEqualTo(3);
            assertThat(page.get("hasMore").booleanValue()).isFalse();
        }
    }

    @Test
    void showsThemBehindALookupAndUnderAnOrder() {
        UUID account = records.insert("accounts", Map.of("name", LARGE, "notes", "short"));
        records.insert("contacts", Map.of("last_name", "B", "account", account));
        records.insert("contacts", Map.of("last_name", "A"));

        JsonNode page = records.query(TestingQuery.of("contacts").fields("last_name", "account.name").sort("last_name")
                .limit(100).build());

        assertThat(texts(page, "last_name")).containsExactly("A", "B");
        assertThat(page.get("records").get(0).get("account").isNull()).isTrue();
        assertThat(page.get("records").get(1).get("account").get("name").stringValue()).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void pagesOnFromALargeValue(int limit) {
        names("a" + LARGE, "b", "c" + LARGE, "d", "e");

        var seen = new ArrayList<String>();
        JsonNode page = records.query(page(limit).sort("name").build());
        seen.addAll(texts(page, "name"));
        while (page.get("hasMore").booleanValue()) {
            page = records.query(page(limit).sort("name").cursor(page.get("nextCursor").stringValue()).build());
            seen.addAll(texts(page, "name"));
        }

        assertThat(seen).containsExactly("a" + LARGE, "b", "c" + LARGE, "d", "e");
    }

    @Test
    void doesNotMindALargeValueOfTheRowAfterThePage() {
        names("a", "b", LARGE);

        JsonNode page = records.query(page(2).build());

        assertThat(texts(page, "name")).containsExactly("a", "b");
        assertThat(page.get("hasMore").booleanValue()).isTrue();
    }

    @Test
    void showsThemInAListOfASelection() {
        names("a", LARGE);
        var list = new SelectionQuery.Root.Several("list", "accounts",
                new Range(Predicate.ALWAYS, List.of(new Sort(FieldPath.of("id"), false)), 100, new Operand.None()),
                new Selection(List.of(new Selection.Part.Value("n", "name"), new Selection.Part.Value("o", "notes"))));

        JsonNode answer = JSON
                .readTree(records.pipeline().select(new SelectionQuery(List.of(list)), TestingRecords.SESSION)
                        .utf8());

        assertThat(answer.get("list").valueStream().map(row -> row.get("n").stringValue())).containsExactly("a", LARGE);
    }

    @Test
    void countsThemWithTheRest() {
        names("a", LARGE, "c");

        JsonNode page = records.query(page(100).count().build());

        assertThat(texts(page, "name")).containsExactly("a", LARGE, "c");
        assertThat(page.get("total").intValue()).isEqualTo(3);
    }

    @Test
    void refusesAnAnswerThatWouldFillTheMemory() {
        String name = "x".repeat(120_000);
        for (int i = 0; i < 300; i++) {
            records.insert("accounts", Map.of("name", name));
        }
        ReadPipeline pipeline = records.pipeline();

        assertThat(ask(pipeline, page(200).build()).get("records")).hasSize(200);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ask(pipeline, page(300).build()))
                    .isInstanceOf(PlatformException.class).hasMessageContaining("32 MB")
                    .extracting(thrown -> ((PlatformException) thrown).code())
                    .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
        }
    }

    @Test
    void refusesARecordWithTooMuchBelowIt() {
        UUID account = records.insert("accounts", Map.of("name", "Parent"));
        for (int i = 0; i < 100; i++) {
            records.insert("contacts", Map.of("last_name", "x".repeat(350_000), "account", account));
        }
        RecordQuery small = new RecordQuery("accounts", account, List.of(), List.of(below(50)));
        RecordQuery whole = new RecordQuery("accounts", account, List.of(), List.of(below(100)));

        assertThat(records.pipeline().get(small, TestingRecords.SESSION).json().utf8())
                .hasSizeGreaterThan(50 * 350_000);
        assertThatThrownBy(() -> records.pipeline().get(whole, TestingRecords.SESSION))
                .isInstanceOf(PlatformException.class).hasMessageContaining("32 MB");
    }

    private void names(String... names) {
        for (String name : names) {
            records.insert("accounts", Map.of("name", name));
        }
    }

    private static TestingQuery page(int limit) {
        return TestingQuery.of("accounts").fields("name", "notes").limit(limit);
    }

    private static Expansion below(int limit) {
        return new Expansion("contacts", List.of("last_name"), List.of(), Predicate.ALWAYS, List.of(), limit, null);
    }

    private static JsonNode ask(ReadPipeline pipeline, Query query) {
        return JSON.readTree(pipeline.query(query, TestingRecords.SESSION).utf8());
    }

    private static List<String> texts(JsonNode page, String field) {
        return IntStream.range(0, page.get("records").size())
                .mapToObj(i -> page.get("records").get(i).get(field))
                .map(value -> value.isNull() ? null : value.stringValue()).toList();
    }
}
