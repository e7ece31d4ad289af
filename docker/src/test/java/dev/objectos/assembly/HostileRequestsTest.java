package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that mean no good: each is refused as the client's mistake, and nothing breaks. */
@ExtendWith(SharedServer.class)
class HostileRequestsTest {

    private static final String QUERY = "/api/data/accounts/query";
    private static final String CREATE = "/api/data/accounts";
    private static final String NOBODY = "/api/data/accounts/00000000-0000-7000-8000-000000000000";
    private static final String DROP = "'; DROP TABLE data.accounts; --";

    private final ServerProcess server;

    HostileRequestsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void everyWrongTypeInEveryPlaceOfAQueryIsRefused() {
        List<String> wrong = List.of("7", "-1", "1e400", "true", "\"" + DROP + "\"", "[[]]", "[7]", "[null]",
                "{\"\": 1}",
                "{\"$nope\": {}}", "[\"name\", \"nope\"]", "\"\\u0000\"", "\"\\ud800\"", "[{\"field\": 7}]",
                "{\"name\": {\"$regexp\": \"x\"}}", "{\"annual_revenue\": {\"$gt\": []}}");
        var requests = new LinkedHashMap<String, HttpRequest.Builder>();
        for (String key : List.of("where", "fields", "orderBy", "limit", "offset", "cursor", "expand", "groupBy",
                "aggregations", "having", "count", "nope", DROP.replace("'", ""))) {
            for (String value : wrong) {
                if (meansSomething(key, value)) {
                    continue;
                }
                String body = "{\"" + key + "\": " + value + "}";
                requests.put(body, server.json("POST", QUERY, body));
            }
        }

        allAreRefused(requests);
    }

    /** What looks hostile but is a right question: a number as a limit, and the like. */
    private static boolean meansSomething(String key, String value) {
        return switch (key) {
            case "limit", "offset" -> value.equals("7");
            case "count" -> value.equals("true");
            default -> false;
        };
    }

    @Test
    void injectedStringsAreNoNames() {
        var requests = new LinkedHashMap<String, HttpRequest.Builder>();
        for (String name : List.of(DROP, "name\\\"; DROP TABLE x; --", "name) OR 1=1", "name::text", "data.accounts",
                "tenant_id", "name\\u0000", "../accounts", "$name", "name.name", "parent.nope", "pg_sleep(5)")) {
            for (String body : List.of("{\"where\": {\"%s\": 1}}", "{\"fields\": [\"%s\"]}", "{\"orderBy\": \"%s\"}",
                    "{\"orderBy\": [{\"field\": \"%s\", \"order\": \"asc\"}]}", "{\"expand\": [\"%s\"]}",
                    "{\"groupBy\": [\"%s\"], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                    "{\"aggregations\": [{\"function\": \"sum\", \"field\": \"%s\", \"alias\": \"n\"}]}",
                    "{\"aggregations\": [{\"function\": \"%s\", \"field\": \"name\", \"alias\": \"n\"}]}",
                    "{\"orderBy\": [{\"field\": \"name\", \"order\": \"%s\"}]}", "{\"cursor\": \"%s\"}",
                    "{\"where\": {\"name\": {\"%s\": 1}}}", "{\"where\": [[\"name\", \"%s\", 1]]}",
                    "{\"where\": {\"employees\": {\"$eq\": {\"$field\": \"%s\"}}}}", "{\"limit\": \"%s\"}")) {
                String json = body.formatted(name);
                requests.put(json, server.json("POST", QUERY, json));
            }
            requests.put("create " + name, server.json("POST", CREATE, "{\"name\": \"x\", \"" + name + "\": 1}"));
        }
        for (String parameter : List.of("sort", "select", "expand", "filter", "top", "skip", "groupBy", "aggregations",
                "nope", DROP)) {
            String path = CREATE + "?" + encoded(parameter) + "=" + encoded(DROP);
            requests.put(path, server.signed("GET", path));
        }

        allAreRefused(requests);
        assertThat(server.get(CREATE + "?top=1").json().path("records").size()).isEqualTo(1);
    }

    @Test
    void injectedStringsAsValuesAreOnlyValues() {
        String name = server.post(CREATE, "{\"name\": \"" + DROP + "\"}").record().path("name").asString();

        assertThat(name).isEqualTo(DROP);
        assertThat(server.post(QUERY, "{\"where\": {\"name\": \"" + DROP + "\"}, \"fields\": [\"name\"]}").json()
                .path("records").size()).isPositive();
        assertThat(server.post(QUERY, "{\"where\": {\"name\": {\"$contains\": \"' OR '1'='1\"}}}").json()
                .path("records").size()).isZero();
    }

    @Test
    void whatIsTooDeepTooLongOrTooLargeIsRefused() {
        String deepNot = "{\"$not\": ".repeat(200) + "{\"name\": \"x\"}" + "}".repeat(200);
        String deepArray = "[".repeat(5_000) + "]".repeat(5_000);
        String manyNames = IntStream.range(0, 2_000).mapToObj(i -> "\"n" + i + "\"").collect(Collectors.joining(","));
        var bodies = Map.of( //
                "depth", "{\"where\": " + deepNot + "}", //
                "nesting", "{\"where\": " + deepArray + "}", //
                "list", "{\"where\": {\"name\": {\"$in\": [" + manyNames + "]}}}", //
                "fields", "{\"fields\": [" + manyNames + "]}", //
                "limit", "{\"limit\": 1001}", //
                "huge limit", "{\"limit\": 99999999999999999999}", //
                "huge offset", "{\"offset\": 1e300}", //
                "expand", "{\"expand\": " + "{\"parent\": {\"expand\": ".repeat(100) + "{}" + "}}".repeat(100) + "}");
        var requests = new LinkedHashMap<String, HttpRequest.Builder>();
        bodies.forEach((name, body) -> requests.put(name, server.json("POST", QUERY, body)));
        requests.put("revenue", server.json("POST", CREATE, "{\"name\": \"x\", \"annual_revenue\": 1e999}"));
        requests.put("exponent", server.json("POST", CREATE, "{\"name\": \"x\", \"annual_revenue\": 1e999999999}"));
        requests.put("digits",
                server.json("POST", CREATE, "{\"name\": \"x\", \"employees\": " + "9".repeat(5_000) + "}"));
        requests.put("name", server.json("POST", CREATE, "{\"name\": \"" + "x".repeat(10_000) + "\"}"));
        requests.put("body", server.json("POST", CREATE, "{\"name\": \"" + "x".repeat(11_000_000) + "\"}"));

        allAreRefused(requests);
    }

    @Test
    void valuesOfTheWrongTypeAreRefusedInRecords() {
        var requests = new LinkedHashMap<String, HttpRequest.Builder>();
        for (String field : List.of("name", "annual_revenue", "customer_since", "parent", "type", "website", "email",
                "owner")) {
            for (String value : List.of("[]", "{}", "[\"x\"]", "{\"$ref\": 0}", "true", "\"a\\u0000b\"",
                    "\"\\udfff\"")) {
                String body = "{\"name\": \"x\", \"" + field + "\": " + value + "}";
                requests.put("create " + body, server.json("POST", CREATE,
                        field.equals("name") ? "{\"name\": " + value + "}" : body));
            }
        }
        for (String body : List.of("", "null", "7", "[]", "\"x\"", "{", "{\"name\"}", "{\"name\": \"x\"} {}",
                "{'name': 'x'}", "{\"name\": \"x\", \"name\": \"y\"}", "{\"name\": NaN}", "\u0000", "{\"id\": 1}",
                "{\"tenant_id\": \"x\"}", "{\"name\": \"x\", \"version\": 7}",
                "{\"name\": \"x\", \"won_amount\": 7}")) {
            requests.put("body " + body, server.json("POST", CREATE, body));
        }

        allAreRefused(requests);
    }

    @Test
    void addressesMethodsAndHeadersThatFitNothingAreRefused() {
        var requests = new LinkedHashMap<String, HttpRequest.Builder>();
        for (String path : List.of("/api/data/nope", "/api/data/nope/query", "/api/data/accounts/7",
                "/api/data/accounts/" + encoded(DROP), NOBODY, NOBODY + "?select=nope", "/api/data/pg_class",
                "/api/data/" + encoded("accounts\""), "/api/data/accounts/%00", "/api/data/accounts/%ff",
                "/api/data/..%2faccounts", "/api/metadata/nope", "/api/metadata/object/nope", "/api/nope",
                "/api/plugins/nope", "/actuator/nope", "/api/data/accounts?top=-1", "/api/data/accounts?top=x",
                "/api/data/accounts?top=1&top=2", "/api/data/accounts?filter=%7B", "/api/data/accounts?name=%00",
                "/api/notifications?limit=x", "/api/notifications?nope=1", "/api/automation/dead-letters/nope",
                "/api/automation/runs?nope=1", "/api/automation/dead-letters?subscriber=%00",
                "/api/workflow/leave_request_flow/diagram?nope=1", "/api/analytics/meta?cube=nope",
                "/api/analytics/meta?nope=1", "/api/audit/events?object=%00", "/api/audit/events?cursor=%ff",
                "/scim/v2/Users?startIndex=%ff", "/api/data/accounts?object=contacts")) {
            requests.put("GET " + path, server.signed("GET", path));
        }
        for (String method : List.of("PUT", "TRACE", "BREW", "PROPFIND", "PATCH", "DELETE")) {
            requests.put(method + " of all", server.json(method, CREATE, "{}"));
        }
        requests.put("PUT of one", server.json("PUT", NOBODY, "{}"));
        requests.put("PATCH of nobody", server.json("PATCH", NOBODY, "{\"name\": \"x\"}"));
        requests.put("DELETE of nobody", server.signed("DELETE", NOBODY));
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x", "nonsense", "application/json; charset=utf-7")) {
            requests.put(type, server.signed("POST", CREATE).header("Content-Type", type).method("POST",
                    BodyPublishers.ofString("{\"name\": \"x\"}")));
        }
        requests.put("bytes that are no UTF-8", server.signed("POST", CREATE).header("Content-Type", "application/json")
                .method("POST", BodyPublishers.ofByteArray(new byte[]{'{', '"', (byte) 0xff, (byte) 0xfe, '"', '}'})));
        for (String tag : List.of("\"x\"", DROP, "\"99999999999999999999\"", "\"1\", \"2\"")) {
            requests.put("If-Match " + tag,
                    server.json("PATCH", NOBODY, "{\"name\": \"x\"}").header("If-Match", tag));
        }
        for (String body : List.of("{}", "{\"operations\": 7}", "{\"operations\": [7]}",
                "{\"operations\": [{\"object\": \"nope\", \"action\": \"create\", \"data\": {}}]}",
                "{\"operations\": [{\"object\": \"accounts\", \"action\": \"drop\"}]}",
                "{\"operations\": [{\"object\": \"contacts\", \"action\": \"create\","
                        + " \"data\": {\"last_name\": \"x\", \"account\": {\"$ref\": 9}}}]}",
                "{\"operations\": [{\"object\": \"accounts\", \"action\": \"update\", \"id\": {\"$ref\": 0}, \"data\": {}}]}",
                "{\"operations\": [], \"atomic\": false}")) {
            requests.put("batch " + body, server.json("POST", "/api/batch", body));
        }
        requests.put("no operation",
                server.json("POST", CREATE + "/batch", "{\"operation\": \"merge\", \"records\": []}"));
        requests.put("publish all with what is not known",
                server.json("POST", "/api/metadata/publish", "{\"nope\": true}"));
        requests.put("a file's name with NUL", server.signed("POST", "/api/storage/upload")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .method("POST", BodyPublishers.ofString("""
                        --x\r
                        Content-Disposition: form-data; name="file"; filename="a\0b"\r
                        \r
                        x\r
                        --x--\r
                        """)));
        requests.put("sign-in", server.json("POST", "/api/auth/sign-in/email", "{\"email\": 7, \"password\": []}"));
        requests.put("no token", server.unsigned("GET", CREATE));
        requests.put("bad token", server.unsigned("GET", CREATE).header("Authorization", "Bearer " + DROP));

        allAreRefused(requests);
    }

    private void allAreRefused(Map<String, HttpRequest.Builder> requests) {
        var wrong = new SoftAssertions();
        var answers = new ArrayList<Answer>();
        requests.forEach((name, request) -> {
            Answer answer = server.send(request);
            answers.add(answer);
            String shown = name.length() > 200 ? name.substring(0, 200) : name;
            wrong.assertThat(answer.status()).as("%s → %s", shown, answer).isBetween(400, 499);
            // RFC 7644 has errors of its own.
            boolean scim = name.contains("/scim/");
            wrong.assertThat(answer.contentType()).as("%s → %s", shown, answer)
                    .startsWith(scim ? "application/scim+json" : "application/problem+json");
            wrong.assertThat(answer.body()).as(shown)
                    .containsPattern(scim ? "\"scimType\":\"[a-zA-Z]+\"" : "\"code\":\"[A-Z_]+\"")
                    .doesNotContain("SQL", "dev.objectos", "org.postgresql", "\tat ");
        });
        wrong.assertAll();
        assertThat(answers).hasSameSizeAs(requests.keySet());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
