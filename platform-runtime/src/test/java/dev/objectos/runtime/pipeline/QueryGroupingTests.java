package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.Aggregation.Function.AVG;
import static dev.objectos.runtime.query.Aggregation.Function.COUNT;
import static dev.objectos.runtime.query.Aggregation.Function.COUNT_DISTINCT;
import static dev.objectos.runtime.query.Aggregation.Function.MAX;
import static dev.objectos.runtime.query.Aggregation.Function.MIN;
import static dev.objectos.runtime.query.Aggregation.Function.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Grouping.Granularity;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups, what is computed over them, and which of them are shown. */
class QueryGroupingTests {

    private static TestingRecords records;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_grouping");
        UUID holding = records.insert("accounts", Map.of("name", "Holding", "industry", "health"));
        add("tech", "10.50", "2026-01-31", "2026-01-31T23:30:00Z", holding);
        add("tech", "20.25", "2026-02-01", "2026-02-01T12:00:00Z", holding);
        add("retail", "5.00", "2026-03-29", "2026-12-31T23:59:59Z", null);
        records.insert("accounts", Map.of("industry", "retail"));
    }

    private static void add(String industry, String revenue, String founded, String seen, @Nullable UUID parent) {
        var values = new java.util.HashMap<String, Object>(Map.of("industry", industry, "revenue",
                new BigDecimal(revenue), "employees", 1L, "founded", LocalDate.parse(founded), "seen_at",
                Instant.parse(seen)));
        if (parent != null) {
            values.put("parent", parent);
        }
        records.insert("accounts", values);
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void computesOverEachGroup() {
        assertThat(records(TestingQuery.of("accounts").groupBy("industry").aggregate(COUNT, null, "n")
                .aggregate(COUNT, "revenue", "priced").aggregate(SUM, "revenue", "sum").aggregate(AVG, "revenue", "avg")
                .aggregate(MIN, "founded", "first").aggregate(MAX, "seen_at", "last")
                .aggregate(COUNT_DISTINCT, "employees", "sizes"))).isEqualTo("["
                        + "{\"industry\":\"health\",\"n\":1,\"priced\":0,\"sum\":null,\"avg\":null,\"first\":null,\"last\":null,\"sizes\":0},"
                        + "{\"industry\":\"retail\",\"n\":2,\"priced\":1,\"sum\":5.00,\"avg\":5,\"first\":\"2026-03-29\",\"last\":\"2026-12-31T23:59:59Z\",\"sizes\":1},"
                        + "{\"industry\":\"tech\",\"n\":2,\"priced\":2,\"sum\":30.75,\"avg\":15.375,\"first\":\"2026-01-31\",\"last\":\"2026-02-01T12:00:00Z\",\"sizes\":1}]");
    }

    @Test
    void computesOverEverythingWithoutGroups() {
        assertThat(
                records(TestingQuery.of("accounts").where("industry", Operator.EQ, "tech").aggregate(COUNT, null, "n")
                        .aggregate(SUM, "revenue", "total")))
                .isEqualTo("[{\"n\":2,\"total\":30.75}]");
        assertThat(records(TestingQuery.of("accounts").where("industry", Operator.EQ, "nothing")
                .aggregate(COUNT, null, "n"))).isEqualTo("[{\"n\":0}]");
    }

    @Test
    void groupsByFieldsOfLookups() {
        assertThat(records(TestingQuery.of("accounts").groupBy("parent.name").aggregate(COUNT, null, "n")))
                .isEqualTo("[{\"parent.name\":\"Holding\",\"n\":2},{\"parent.name\":null,\"n\":3}]");
    }

    @ParameterizedTest
    @CsvSource({"DAY,2026-01-31", "WEEK,2026-01-26", "MONTH,2026-01", "QUARTER,2026-Q1", "YEAR,2026"})
    void groupsBySpansOfTime(Granularity granularity, String first) {
        for (String field : List.of("founded", "seen_at")) {
            assertThat(records.query(TestingQuery.of("accounts").groupBy(field, granularity, "span")
                    .aggregate(COUNT, null, "n").build()).at("/records/0/span").stringValue()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin,2027-01", "+01:00,2027-01", "-03:00,2026-12", "UTC,2026-12", "Z,2026-12",
            "GMT+1,2027-01",
            "America/New_York,2026-12"})
    void meansSpansInTheSessionsZone(String zone, String last) {
        var session = new Session(TestingRecords.TENANT, null, Set.of(), true, Locale.ENGLISH, ZoneId.of(zone),
                Origin.SYSTEM);

        assertThat(records.query(TestingQuery.of("accounts").where("industry", Operator.EQ, "retail")
                .where("seen_at", Operator.IS_NOT_NULL, new dev.objectos.runtime.query.Operand.None())
                .groupBy("seen_at", Granularity.MONTH, "month").sort("-month").aggregate(COUNT, null, "n").build(),
                session)
                .at("/records/0/month").stringValue()).isEqualTo(last);
    }

    @Test
    void filtersAndOrdersGroupsByAlias() {
        assertThat(records(TestingQuery.of("accounts").groupBy("industry").aggregate(COUNT, null, "n")
                .having("n", Operator.GT, 1).sort("-n", "-industry"))).isEqualTo(
                        "[{\"industry\":\"tech\",\"n\":2},{\"industry\":\"retail\",\"n\":2}]");
        assertThat(records(TestingQuery.of("accounts").groupBy("industry").having("industry", Operator.EQ, "tech")))
                .isEqualTo("[{\"industry\":\"tech\"}]");
        assertThat(records(TestingQuery.of("accounts").aggregate(COUNT, null, "n").having("n", Operator.GT, 100)))
                .isEqualTo("[]");
    }

    @Test
    void pagesGroups() {
        var query = TestingQuery.of("accounts").groupBy("industry").aggregate(COUNT, null, "n").limit(2);

        assertThat(records.query(query.build()).toString()).contains("health", "retail", "\"hasMore\":true")
                .doesNotContain("tech", "total", "nextCursor");
        assertThat(records.query(query.offset(2).build()))
                .hasToString(
                        "{\"object\":\"accounts\",\"records\":[{\"industry\":\"tech\",\"n\":2}],\"total\":3,\"hasMore\":false}");
    }

    @Test
    void showsLongNamesWhole() {
        String alias = "a".repeat(100);

        assertThat(records(TestingQuery.of("accounts").aggregate(COUNT, null, alias)))
                .isEqualTo("[{\"" + alias + "\":5}]");
    }

    @Test
    void refusesWhatCannotBeComputed() {
        refuses(TestingQuery.of("accounts").aggregate(SUM, "name", "x"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(AVG, "founded", "x"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(MIN, "extra", "x"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(SUM, null, "x"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(SUM, "nothing", "x"), RuntimeError.INVALID_FIELD);
        refuses(TestingQuery.of("accounts").aggregate(COUNT_DISTINCT, "api_key", "x"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(MAX, "pin", "x"), RuntimeError.INVALID_FIELD);
        refuses(TestingQuery.of("accounts").groupBy("extra"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").groupBy("api_key"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").groupBy("name", Granularity.DAY, "x"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").groupBy("name").aggregate(COUNT, null, "name"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(COUNT, null, "a\"b"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").aggregate(COUNT, null, "n").sort("m"), RuntimeError.INVALID_FIELD);
        refuses(TestingQuery.of("accounts").aggregate(COUNT, null, "n").having("m", Operator.EQ, 1),
                RuntimeError.INVALID_FIELD);
        refuses(TestingQuery.of("accounts").aggregate(COUNT, null, "n").having("n", Operator.EQ, "x"),
                RuntimeError.INVALID_FILTER);
        refuses(TestingQuery.of("accounts").groupBy("industry").fields("name"), RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").groupBy("industry").expand(TestingQuery.expansion("contacts")),
                RuntimeError.INVALID_QUERY);
        refuses(TestingQuery.of("accounts").having("name", Operator.EQ, "x"), RuntimeError.INVALID_QUERY);
    }

    private static void refuses(TestingQuery query, ErrorCode code) {
        assertThatThrownBy(() -> records.query(query.build())).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).as(refusal.message()).isEqualTo(code));
    }

    private static String records(TestingQuery query) {
        return records.query(query.build()).get("records").toString();
    }
}
