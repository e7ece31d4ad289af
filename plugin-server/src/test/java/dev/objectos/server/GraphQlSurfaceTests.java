package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over HTTP as clients of every kind meet it: forms of answers, ways of asking, and numbers with all their digits. */
@ExtendWith(SharedRealServer.class)
class GraphQlSurfaceTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STANDARD = "application/graphql-response+json";

    private final TestingHttp http;
    private final String mark = UUID.randomUUID().toString();

    GraphQlSurfaceTests(TestingHttp http) {
        this.http = http;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                                                    | 200 | application/json
            application/graphql-response+json                                   | 400 | application/graphql-response+json
            application/graphql-response+json, application/json;q=0.9           | 400 | application/graphql-response+json
            application/graphql-response+json, application/json                 | 200 | application/json
            application/graphql-response+json;q=0.5, application/json;q=0.9     | 200 | application/json
            */*                                                                 | 200 | application/json
            text/event-stream, application/json                                 | 200 | application/json
            """)
    void refusesInAFormThatTheClientReads(String accept, int status, String type) {
        Answer answer = http.post("/graphql", query("{ accounts { zzqx } }"), "Accept", accept);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith(type + ";");
        assertThat(answer.body()).contains("\"errors\"", "INVALID_FIELD");
    }

    @ParameterizedTest
    @ValueSource(strings = {STANDARD, STANDARD + ", application/json", STANDARD + ", application/json;q=0.9"})
    void answersInTheStandardFormWhereItIsWanted(String accept) {
        Answer answer = http.post("/graphql", query("{ __typename }"), "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(STANDARD + ";");
        assertThat(answer.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    }

    @Test
    void changesNothingForWhoeverTakesNoAnswer() {
        assertThat(http.post("/graphql", query("mutation { create_accounts(input: {name: \"none " + mark
                + "\"}) { id } }"), "Accept", "text/html").status()).isEqualTo(406);
        assertThat(http.post("/graphql", query("{ accounts(where: {name: {_eq: \"none " + mark + "\"}}) { id } }"))
                .body()).isEqualTo("{\"data\":{\"accounts\":[]}}");
    }

    @Test
    void readsByGetAndChangesNothingByIt() {
        assertThat(http.get("/graphql?query=" + url("query($n: Int) { accounts(limit: $n) { id } }")
                + "&variables=" + url("{\"n\": 1}")).body()).contains("\"accounts\":[");
        Answer refused = http.get("/graphql?query=" + url("query A { __typename } mutation B { delete_accounts(id: "
                + "\"x\") { id } }") + "&operationName=B");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(http.get("/graphql?query=" + url("query A { __typename } mutation B { delete_accounts(id: "
                + "\"x\") { id } }") + "&operationName=A").status()).isEqualTo(200);
    }

    @Test
    void knowsNoDigestThatWasNotSentHoweverItIsAsked() {
        String extensions = "{\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"" + "0".repeat(64) + "\"}}";

        for (Answer answer : List.of(http.post("/graphql", "{\"extensions\": " + extensions + "}"),
                http.get("/graphql?extensions=" + url(extensions)),
                http.post("/graphql", "[{\"query\": \"{__typename}\"}, {\"extensions\": " + extensions + "}]"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("PERSISTED_QUERY_NOT_FOUND");
        }
    }

    @Test
    void keepsEveryDigitOfWholeNumbers() {
        Map<?, ?> made = data("""
                mutation($name: String!, $size: BigInt) {
                  variable: create_accounts(input: {name: $name, size: $size}) { size }
                  literal: create_accounts(input: {name: "literal %1$s", size: 9223372036854775807}) { size }
                  text: create_accounts(input: {name: "text %1$s", size: "-9007199254740993"}) { size }
                }""".formatted(mark), "{\"name\": \"variable " + mark + "\", \"size\": 3000000000}");
        assertThat(made).hasToString("{variable={size=3000000000}, literal={size=9223372036854775807}, "
                + "text={size=-9007199254740993}}");
        assertThat(data("query($at: [BigInt!]) { accounts(where: {size: {_in: $at}, name: {_contains: \"" + mark
                + "\"}}) { size } }", "{\"at\": [3000000000, \"9223372036854775807\"]}").get("accounts"))
                .hasToString("[{size=3000000000}, {size=9223372036854775807}]");
        assertThat(data("{ accounts_aggregate(where: {name: {_contains: \"" + mark + "\"}}) { sum { size } "
                + "max { size } } }", "{}")).hasToString(
                        "{accounts_aggregate=[{sum={size=9214364840600034814}, max={size=9223372036854775807}}]}");
    }

    @Test
    void executesADocumentAgainWithTheValuesOfEachTime() {
        String document = """
                query($name: String!, $order: accounts_OrderBy!) {
                  named: accounts(where: {name: {_eq: $name}}) { name }
                  all: accounts(where: {name: {_contains: "again %s"}}, order_by: [$order], limit: 1) { name }
                }""".formatted(mark);
        data("mutation { create_accounts_many(input: [{name: \"a again %1$s\"}, {name: \"b again %1$s\"}]) { id } }"
                .formatted(mark), "{}");

        assertThat(data(document, "{\"name\": \"b again %s\", \"order\": {\"name\": \"asc\"}}".formatted(mark)))
                .hasToString("{named=[{name=b again %1$s}], all=[{name=a again %1$s}]}".formatted(mark));
        assertThat(data(document, "{\"name\": \"a again %s\", \"order\": {\"name\": \"desc\"}}".formatted(mark)))
                .hasToString("{named=[{name=a again %1$s}], all=[{name=b again %1$s}]}".formatted(mark));
    }

    @Test
    void keepsEveryDigitOfDecimals() {
        assertThat(data("""
                mutation($salary: Decimal) {
                  variable: create_contacts(input: {last_name: "D", salary: $salary}) { salary }
                  literal: create_contacts(input: {last_name: "D", salary: 1234567890123456.07}) { salary }
                  text: create_contacts(input: {last_name: "D", salary: "-1234567890123456.70"}) { salary }
                }""", "{\"salary\": 9876543210987654.32}")).hasToString("{variable={salary=9876543210987654.32}, "
                + "literal={salary=1234567890123456.07}, text={salary=-1234567890123456.70}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1.5", "\"x\"", "1e2000000000", "true"})
    void refusesWhatIsNoWholeNumber(String number) {
        for (Answer answer : List.of(
                http.post("/graphql", query("{ accounts(where: {size: {_eq: " + number + "}}) { id } }")),
                http.post("/graphql", query("query($n: BigInt) { accounts(where: {size: {_eq: $n}}) { id } }",
                        "{\"n\": " + number + "}")),
                http.post("/graphql", query("mutation { create_accounts(input: {name: \"x " + mark + "\", size: "
                        + number + "}) { id } }")))) {
            assertThat(answer.body()).containsAnyOf("\"errors\"", "INVALID_REQUEST").doesNotContain("INTERNAL", "java");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"query($n: Int!) { accounts(where: {size: {_gte: $n}}) { size } }",
            "query($n: Int = 3) { accounts(where: {_and: [{size: {_in: [$n]}}]}) { ...some } } "
                    + "fragment some on accounts { size }",
            "query($n: Float!) { contacts(where: {salary: {_gt: $n}}) { id } }",
            "query($n: [Int!]!) { contacts(where: {salary: {_in: $n}}) { id } }",
            "query($n: Int) { ...some } fragment some on Query { accounts(where: {size: {_eq: $n}}) { size } }"})
    void takesVariablesOfGraphQlsOwnNumbers(String document) {
        assertThat(http.post("/graphql", query(document, "{\"n\": 7}")).body()).doesNotContain("errors");
    }

    @Test
    void refusesAVariableThatWouldHaveToBeOfTwoTypes() {
        assertThat(
                http.post("/graphql", query("query($n: Int!) { accounts(limit: $n, where: {size: {_gt: $n}}) { id } }",
                        "{\"n\": 1}")).body())
                .contains("errors", "'Int!'", "'BigInt'");
    }

    @Test
    void countsAndPagesWhatBelongsToEachRecord() {
        Map<?, ?> made = data("mutation { create_accounts(input: {name: \"parent " + mark + "\"}) { id } }", "{}");
        String account = String.valueOf(((Map<?, ?>) Objects.requireNonNull(made.get("create_accounts"))).get("id"));
        for (String name : List.of("Ada", "Bob", "Cid")) {
            http.post("/api/data/contacts", "{\"last_name\": \"" + name + "\", \"account\": \"" + account + "\"}");
        }
        Map<?, ?> answer = data(
                """
                        query($id: ID!) { accounts_by_id(id: $id) {
                          contacts_aggregate { count max { last_name } }
                          named: contacts_aggregate(where: {last_name: {_gt: "Ada"}}, group_by: [last_name], limit: 1, offset: 1) {
                            group count }
                          contacts_connection(first: 2, order_by: {last_name: desc}) {
                            totalCount nodes { last_name } pageInfo { hasNextPage endCursor } }
                        } }""",
                "{\"id\": \"" + account + "\"}");
        Map<?, ?> record = (Map<?, ?>) Objects.requireNonNull(answer.get("accounts_by_id"));

        assertThat(record.get("contacts_aggregate")).hasToString("[{count=3, max={last_name=Cid}}]");
        assertThat(record.get("named")).hasToString("[{group={last_name=Cid}, count=1}]");
        assertThat(String.valueOf(record.get("contacts_connection")))
                .startsWith("{totalCount=3, nodes=[{last_name=Cid}, {last_name=Bob}], pageInfo={hasNextPage=true");
    }

    private Map<?, ?> data(String document, String variables) {
        Answer answer = http.post("/graphql", query(document, variables));
        assertThat(answer.body()).doesNotContain("\"errors\"");
        return (Map<?, ?>) Objects.requireNonNull(answer.json().get("data"));
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String query(String document) {
        return query(document, "{}");
    }

    private static String query(String document, @Nullable String variables) {
        return "{\"query\": " + JSON.writeValueAsString(document) + ", \"variables\": " + variables + "}";
    }
}
