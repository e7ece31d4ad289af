package dev.objectos.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.query.Aggregation.Function;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.TestingQuery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Formulas are fields like others: shown, filtered, sorted, grouped and aggregated. */
class QueryFormulaTests {

    private static TestingRecords records;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_formulas");
        UUID alpha = records.insert("accounts",
                Map.of("name", "Alpha", "revenue", new BigDecimal("1.10"), "founded", LocalDate.of(2026, 5, 13)));
        UUID beta = records.insert("accounts",
                Map.of("name", "Beta", "revenue", new BigDecimal("2.20"), "founded", LocalDate.of(2026, 5, 12)));
        records.insert("contacts", Map.of("last_name", "One", "account", beta, "salary", new BigDecimal(10)));
        records.insert("contacts", Map.of("last_name", "Two", "account", alpha, "salary", new BigDecimal(200)));
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void areShown() {
        JsonNode first = records.query(TestingQuery.of("accounts").build()).at("/records/0");

        assertThat(first.get("title").stringValue()).isEqualTo("Alpha!");
        assertThat(first.get("doubled").decimalValue()).isEqualTo("2.20");
        assertThat(first.get("is_new").booleanValue()).isTrue();
    }

    @Test
    void areFilteredBy() {
        assertThat(names(TestingQuery.of("accounts").where("title", Operator.ENDS_WITH, "ta!"), "name"))
                .containsExactly("Beta");
        assertThat(names(TestingQuery.of("accounts").where("doubled", Operator.GT, 3), "name")).containsExactly("Beta");
        assertThat(names(TestingQuery.of("accounts").where("is_new", Operator.EQ, true), "name"))
                .containsExactly("Alpha");
    }

    @Test
    void reachThroughLookups() {
        assertThat(names(TestingQuery.of("contacts").sort("employer_title"), "employer_title"))
                .containsExactly("Alpha!", "Beta!");
        assertThat(names(TestingQuery.of("contacts").where("account.title", Operator.EQ, "Beta!"), "last_name"))
                .containsExactly("One");
        assertThat(records.query(TestingQuery.of("contacts").fields("account.title").build())
                .at("/records/0/account/title").stringValue())
                .isEqualTo("Beta!");
    }

    @Test
    void areSortedAndPagedBy() {
        JsonNode first = records.query(TestingQuery.of("contacts").sort("-yearly").limit(1).build());

        assertThat(first.at("/records/0/last_name").stringValue()).isEqualTo("Two");
        assertThat(records
                .query(TestingQuery.of("contacts").sort("-yearly").limit(1)
                        .cursor(first.get("nextCursor").stringValue()).build())
                .at("/records/0/last_name").stringValue()).isEqualTo("One");
    }

    @Test
    void areGroupedByAndAggregated() {
        assertThat(records
                .query(TestingQuery.of("contacts").groupBy("employer_title").aggregate(Function.SUM, "yearly", "sum")
                        .build())
                .get("records")).hasToString(
                        "[{\"employer_title\":\"Alpha!\",\"sum\":2400.00},{\"employer_title\":\"Beta!\",\"sum\":120.00}]");
    }

    private static List<String> names(TestingQuery query, String field) {
        return records.query(query.build()).get("records").valueStream().map(record -> record.get(field).stringValue())
                .toList();
    }
}
