package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL on the assembled server, for somebody with every right and for people with few. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class GraphQlTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServerProcess server;
    private final Colleague lead;
    private final Colleague ada;
    private final Colleague nobody;
    private final String id;

    GraphQlTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        lead = Colleague.join(server, "graph-lead", "support_lead");
        ada = Colleague.join(server, "graph-ada", "support", lead);
        nobody = Colleague.join(server, "graph-nobody", "member");
        id = server.post("/api/data/cases",
                """
                        {"title": "Graph", "fee": 10.50, "cost": 7, "phone": "+41 44 668 18 00", "region": "graph", "owner": "%s"}"""
                        .formatted(ada.id()))
                .id();
        server.post("/api/data/case_notes", "{\"case\": \"" + id + "\", \"text\": \"first\"}");
        server.post("/api/data/case_notes", "{\"case\": \"" + id + "\", \"text\": \"second\"}");
    }

    @Test
    void answersRecordsLookupsAndCollectionsAtOnce() {
        JsonNode data = data(server.post("/graphql", query("""
                query Cases($id: ID!, $most: Int = 1) {
                  __typename
                  one: cases_by_id(id: $id) {
                    id, title, fee, owner { email }, owner_id
                    notes(order_by: {text: desc}, limit: $most) { ...note }
                    early: notes(where: {text: {_eq: "first"}}) { text }
                  }
                  cases(where: {region: {_eq: "graph"}, owner: {email: {_ends_with: "@example.org"}}}) { t: title }
                  cases_aggregate(where: {region: {_eq: "graph"}}) { count, sum { fee } }
                }
                fragment note on case_notes { text, case { title, __typename } }
                """, "{\"id\": \"" + id + "\"}")));

        assertThat(data.path("__typename").asString()).isEqualTo("Query");
        assertThat(data.path("one").path("id").asString()).isEqualTo(id);
        assertThat(data.path("one").path("fee").toString()).startsWith("10.5");
        assertThat(data.path("one").path("owner").path("email").asString()).isEqualTo(ada.email());
        assertThat(data.path("one").path("owner_id").asString()).isEqualTo(ada.id());
        assertThat(data.path("one").path("notes")).hasToString(
                "[{\"text\":\"second\",\"case\":{\"title\":\"Graph\",\"__typename\":\"cases\"}}]");
        assertThat(data.path("one").path("early")).hasToString("[{\"text\":\"first\"}]");
        assertThat(data.path("cases")).hasToString("[{\"t\":\"Graph\"}]");
        assertThat(data.at("/cases_aggregate/0/count").asInt()).isEqualTo(1);
    }

    @Test
    void groupsAndPages() {
        JsonNode data = data(server.post("/graphql", query("""
                {
                  leads_aggregate(group_by: [status, "owner.name"]) { group, count }
                  by_month: leads_aggregate(group_by: {field: "created_at", granularity: "month"}) { group count }
                  contacts_connection(first: 2, order_by: [{last_name: asc}, {first_name: desc}]) {
                    totalCount, edges { cursor, node { last_name } }, nodes { last_name }
                    pageInfo { hasNextPage, hasPreviousPage, startCursor, endCursor }
                  }
                }""", "{}")));

        assertThat(data.at("/leads_aggregate/0/group").propertyNames()).containsExactly("status", "owner.name");
        assertThat(data.at("/by_month/0/group/created_at").asString()).matches("\\d{4}-\\d\\d");
        JsonNode page = data.path("contacts_connection");
        assertThat(page.path("totalCount").asInt()).isGreaterThan(100);
        assertThat(page.at("/edges/1/node")).isEqualTo(page.at("/nodes/1"));
        assertThat(page.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        JsonNode next = data(server.post("/graphql", query("""
                query($after: String!) { contacts_connection(first: 2, after: $after,
                    order_by: [{last_name: asc}, {first_name: desc}]) {
                  nodes { last_name } pageInfo { hasPreviousPage } } }""",
                "{\"after\": " + page.at("/pageInfo/endCursor") + "}"))).path("contacts_connection");
        assertThat(next.path("nodes").size()).isEqualTo(2);
        assertThat(next.path("nodes")).isNotEqualTo(page.path("nodes"));
        assertThat(next.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
    }

    @Test
    void changesRecords() {
        JsonNode made = data(server.post("/graphql", query("""
                mutation($input: cases_CreateInput!) {
                  create_cases(input: $input) { id, status, version, owner { id } }
                  quoted: create_cases(input: {title: "Quoted", status: "closed"}) { status }
                  create_cases_many(input: [{title: "Many 1"}, {title: "Many 2"}]) { title }
                }""", "{\"input\": {\"title\": \"Made\", \"status\": \"open\", \"fee\": 12345678901234567.89, "
                + "\"owner_id\": \"" + ada.id() + "\"}}")));
        String madeId = made.at("/create_cases/id").asString();
        assertThat(made.at("/create_cases/owner/id").asString()).isEqualTo(ada.id());
        assertThat(made.at("/quoted/status").asString()).isEqualTo("closed");
        assertThat(made.path("create_cases_many")).hasToString("[{\"title\":\"Many 1\"},{\"title\":\"Many 2\"}]");
        assertThat(server.get("/api/data/cases/" + madeId).body()).contains("12345678901234567.89");

        JsonNode changed = data(server.post("/graphql",
                query("""
                        mutation($id: ID!) { update_cases(id: $id, input: {title: "Changed"}, if_version: 1) { title, version } }""",
                        "{\"id\": \"" + madeId + "\"}")));
        assertThat(changed.path("update_cases")).hasToString("{\"title\":\"Changed\",\"version\":2}");

        JsonNode late = server.post("/graphql", query("""
                mutation($id: ID!) { update_cases(id: $id, input: {title: "Late"}, if_version: 1) { title }
                                     delete_cases(id: $id, if_version: 2) { id, success, object } }""",
                "{\"id\": \"" + madeId + "\"}")).json();
        assertThat(late.at("/errors/0/extensions/code").asString()).isEqualTo("CONCURRENT_UPDATE");
        assertThat(late.at("/errors/0/path")).hasToString("[\"update_cases\"]");
        assertThat(late.at("/data/update_cases").isNull()).isTrue();
        assertThat(late.at("/data/delete_cases")).hasToString(
                "{\"id\":\"" + madeId + "\",\"success\":true,\"object\":\"cases\"}");
        assertThat(server.get("/api/data/cases/" + madeId).status()).isEqualTo(404);
    }

    @Test
    void refusesWithTheCodesOfTheDataApi() {
        assertCode("VALIDATION_FAILED", "mutation { create_cases(input: {status: open}) { id } }");
        assertCode("VALIDATION_FAILED", "mutation { create_leads(input: {email: \"x\"}) { id } }");
        assertCode("RECORD_NOT_FOUND", "mutation { update_cases(id: \"no id\", input: {fee: 1}) { id } }");
        assertCode("INVALID_FIELD", "{ cases { zzqx } }");
        assertCode("INVALID_FIELD", "{ cases(where: {zzqx: {_eq: 1}}) { id } }");
        assertCode("INVALID_FILTER", "{ cases(where: {_and: null}) { id } }");
        assertCode("INVALID_FILTER", "{ cases(where: {_or: null}) { id } }");
        assertCode("INVALID_QUERY", "{ cases(limit: 1001) { id } }");
        assertCode("INVALID_QUERY", "{ cases_connection(first: 1, after: \"none\") { totalCount } }");
        assertCode("INVALID_FILTER", "{ cases(where: {created_at: {_gt: \"yesterday\"}}) { id } }");
        assertCode("INVALID_REQUEST", "{ cases {");
        assertThat(server.post("/graphql", query("{ cases_by_id(id: \"no id\") { id } }", "{}")).body())
                .contains("\"cases_by_id\":null").doesNotContain("errors");
        assertThat(server.post("/graphql", "{}").code()).isEqualTo("INVALID_REQUEST");
        assertThat(server.post("/graphql", "[1]").code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void noAnswerTellsOfClasses() {
        for (String query : List.of("{ cases(where: {fee: {_eq: \"x\"}}) { id } }", "{ cases(limit: \"x\") { id } }",
                "mutation { create_cases(input: {title: 1}) { id } }", "{ cases { id",
                "{ cases(order_by: [3]) { id } }",
                "query($a: [cases_Where!]) { cases(where: $a) { id } }")) {
            assertThat(server.post("/graphql", query(query, "{}")).body()).contains("\"errors\"")
                    .doesNotContain("Value{", "Exception", "graphql.", "java", "classification");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ cases { id, %s } }", "{ cases(where: {%s: {_eq: 7}}) { id } }",
            "{ cases(order_by: {%s: asc}) { id } }", "{ cases_aggregate { sum { %s } } }",
            "{ cases_aggregate(group_by: [%s]) { count } }", "{ cases_aggregate(group_by: [\"%s\"]) { count } }",
            "{ case_notes(where: {case: {%s: {_gt: 1}}}) { id } }", "{ case_notes { case { %s } } }",
            "{ cases_connection { nodes { %s } } }", "{ cases_connection(order_by: {%s: desc}) { totalCount } }",
            "mutation { create_cases(input: {title: \"x\", %s: 1}) { id } }",
            "mutation { create_cases(input: {title: \"x\"}) { %s } }"})
    void aHiddenFieldIsAnUnknownOne(String query) {
        Answer hidden = ada.post("/graphql", query(query.formatted("cost"), "{}"));
        Answer unknown = ada.post("/graphql", query(query.formatted("zzqx"), "{}"));

        assertThat(hidden.body()).contains("errors");
        assertThat(hidden.body().replace("cost", "zzqx")).isEqualTo(unknown.body());
        assertThat(lead.post("/graphql", query(query.formatted("cost"), "{}")).body()).doesNotContain("\"code\"");
    }

    @Test
    void showsEachTheSchemaThatIsTheirs() {
        String types = """
                { __schema { types { name, fields { name }, inputFields { name }, enumValues { name } } } }""";
        String all = server.post("/graphql", query(types, "{}")).body();
        String hers = ada.post("/graphql", query(types, "{}")).body();
        String none = nobody.post("/graphql", query(types, "{}")).body();

        assertThat(all).contains("\"cost\"", "\"margin\"", "\"cases_CreateInput\"", "\"leads\"");
        assertThat(hers).contains("\"cases\"", "\"public_margin\"", "\"cases_CreateInput\"").doesNotContain("\"cost\"",
                "\"margin\"", "\"leads\"", "\"leads_Where\"", "\"leads_status_Option\"");
        assertThat(none).doesNotContain("\"cases", "\"leads");
        for (String query : List.of("query($x: leads_Where) { cases(limit: 1) { id } }",
                "{ cases { ... on leads { id } } }", "{ __type(name: \"leads\") { name } }")) {
            String known = ada.post("/graphql", query(query, "{}")).body();
            assertThat(known.replace("leads", "zzqxs"))
                    .isEqualTo(ada.post("/graphql", query(query.replace("leads", "zzqxs"), "{}")).body());
        }
    }

    @Test
    void showsTheRecordsThatTheAskerMaySee() {
        assertThat(ada.post("/graphql", query("{ cases(where: {region: {_eq: \"graph\"}}) { title, phone } }", "{}"))
                .body()).contains("\"title\":\"Graph\",\"phone\":\"****8 00\"");
        Colleague bob = Colleague.join(server, "graph-bob", "support");
        assertThat(bob.post("/graphql", query("""
                { cases(where: {region: {_eq: "graph"}}) { id }
                  cases_by_id(id: "%s") { id }
                  cases_aggregate(where: {region: {_eq: "graph"}}) { count }
                  case_notes { case { id } }
                  cases_connection(where: {region: {_eq: "graph"}}) { totalCount } }""".formatted(id), "{}")).body())
                .isEqualTo("{\"data\":{\"cases\":[],\"cases_by_id\":null,\"cases_aggregate\":[{\"count\":0}],"
                        + "\"case_notes\":[],\"cases_connection\":{\"totalCount\":0}}}");
        assertThat(bob.post("/graphql", query("mutation { update_cases(id: \"" + id + "\", input: {fee: 1}) { id } }",
                "{}")).json().at("/errors/0/extensions/code").asString()).isEqualTo("RECORD_NOT_FOUND");
        assertThat(server.send(server.unsigned("POST", "/graphql")).status()).isEqualTo(401);
    }

    @Test
    void countsOfEachRecordWhatTheAskerMaySee() {
        String document = """
                { cases(where: {region: {_eq: "graph"}}) {
                  notes_aggregate { count max { text } }
                  notes_connection(first: 1, order_by: {text: asc}) { totalCount nodes { text } } } }""";
        assertThat(ada.post("/graphql", query(document, "{}")).body()).isEqualTo("{\"data\":{\"cases\":[{"
                + "\"notes_aggregate\":[{\"count\":2,\"max\":{\"text\":\"second\"}}],"
                + "\"notes_connection\":{\"totalCount\":2,\"nodes\":[{\"text\":\"first\"}]}}]}}");
        Colleague auditor = Colleague.join(server, "graph-auditor", "auditor");
        for (String query : List.of("{ cases { notes_aggregate { count } } }",
                "{ cases { notes_connection { totalCount } } }")) {
            String hidden = auditor.post("/graphql", query(query, "{}")).body();
            assertThat(hidden).contains("INVALID_FIELD");
            assertThat(hidden.replace("notes_", "zzqxs_"))
                    .isEqualTo(auditor.post("/graphql", query(query.replace("notes_", "zzqxs_"), "{}")).body());
        }
    }

    @Test
    void refusesFloods() {
        String deep = IntStream.range(0, 25).mapToObj(_ -> "case { notes { ").collect(Collectors.joining()) + "id"
                + " } }".repeat(25);
        String doubling = IntStream.range(0, 20)
                .mapToObj(i -> "fragment f" + i + " on cases { ...f" + (i + 1) + " ...f" + (i + 1) + " }")
                .collect(Collectors.joining("\n"));
        assertCode("INVALID_QUERY", "{ cases { " + IntStream.range(0, 1000).mapToObj(i -> "a" + i + ": id")
                .collect(Collectors.joining(" ")) + " } }");
        assertCode("INVALID_QUERY", "{ case_notes { " + deep + " } }");
        assertCode("INVALID_QUERY", "{ cases { ...f0 } }\n" + doubling + "\nfragment f20 on cases { id }");
        assertCode("INVALID_QUERY", "{ cases { id " + "@skip(if: false) ".repeat(200) + " } }");
        assertCode("INVALID_QUERY", "{ cases { id " + "@skip(if: false) ".repeat(10_000) + " } }");
        assertCode("INVALID_REQUEST", "{ cases { " + "id ".repeat(20_000) + " } }");
        assertCode("INVALID_QUERY", "{ cases { notes { case { notes { case { notes { id } } } } } } }");
        assertCode("INVALID_QUERY", "mutation { create_cases(input: {title: \"Flood\"}) { notes(limit: 1000) { case { "
                + "notes(limit: 1000) { case { notes(limit: 1000) { id } } } } } } }");
        assertThat(server.get("/api/data/cases?title=Flood").body()).contains("\"records\":[]");
        assertCode("INVALID_QUERY", "{ ...many } fragment many on Query { " + IntStream.range(0, 51)
                .mapToObj(i -> "a" + i + ": __typename").collect(Collectors.joining(" ")) + " }");
        assertCode("INVALID_QUERY", "{ cases { ...a } } fragment a on cases { ...b } fragment b on cases { ...a }");
        assertThat(server.post("/graphql", "[" + "{\"query\":\"{__typename}\"},".repeat(99)
                + "{\"query\":\"{__typename}\"}]").status()).isEqualTo(400);
        assertThat(server.post("/graphql", "[{\"query\":\"{__typename}\"},{\"query\":\"{a:__typename}\"}]").body())
                .isEqualTo("[{\"data\":{\"__typename\":\"Query\"}},{\"data\":{\"a\":\"Query\"}}]");
    }

    @Test
    void knowsDocumentsByTheirDigest() {
        String extensions = "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": "
                + "\"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38\"}}";

        assertThat(server.post("/graphql", "{" + extensions + "}").json().at("/errors/0/message").asString())
                .isEqualTo("PersistedQueryNotFound");
        assertThat(server.post("/graphql", "{\"query\": \"{__typename}\", " + extensions + "}").body())
                .isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
        assertThat(server.post("/graphql", "{" + extensions + "}").body())
                .isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
        assertThat(server.post("/graphql", "{\"query\": \"{x:__typename}\", " + extensions + "}").code())
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void takesQueriesByGetAndNothingElse() {
        assertThat(server.get("/graphql?query=%7B__typename%7D").body()).contains("\"Query\"");
        assertThat(server.get("/graphql?query=mutation%7Bdelete_cases(id%3A%22x%22)%7Bid%7D%7D").status())
                .isEqualTo(405);
    }

    private void assertCode(String code, String query) {
        Answer answer = server.post("/graphql", query(query, "{}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/errors/0/extensions/code").asString()).as(answer.body()).isEqualTo(code);
    }

    private static JsonNode data(Answer answer) {
        assertThat(answer.body()).doesNotContain("\"errors\"");
        return answer.json().path("data");
    }

    private static String query(String document, String variables) {
        return "{\"query\": " + JSON.writeValueAsString(document) + ", \"variables\": " + variables + "}";
    }
}
