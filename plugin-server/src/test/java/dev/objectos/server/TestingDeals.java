package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Deals of one class of tests, among those of others. */
final class TestingDeals {

    static final String[] CLERK = {"Authorization", "Bearer clerk"};

    private static final String ANALYTICS = "/api/analytics/query";

    private final TestingHttp http;
    private final String batch = UUID.randomUUID().toString();

    TestingDeals(TestingHttp http) {
        this.http = http;
    }

    /** Two that are won, an open one, and one of which nothing is known. */
    static TestingDeals usual(TestingHttp http) {
        var deals = new TestingDeals(http);
        String account = deals.account("tech");
        deals.add("""
                "title": "A", "stage": "won", "amount": 10.50, "won": true, "close_date": "2026-01-31",
                "met_at": "2026-01-31T23:30:00Z", "region": "north", "account": "%s", "margin": 1, "secret": "x",
                "tags": ["p", "q"]""".formatted(account));
        deals.add("""
                "title": "B", "stage": "won", "amount": 20.25, "won": true, "close_date": "2026-02-01",
                "met_at": "2026-02-01T12:00:00.123456Z", "region": "north", "account": "%s", "margin": 2,
                "secret": "x\""""
                .formatted(account));
        deals.add("""
                "title": "C", "stage": "open", "amount": 5, "won": false, "close_date": "2026-03-29", "region": "south",
                "met_at": "2026-12-31T23:59:59Z", "margin": 3""");
        deals.add("\"title\": \"D\", \"stage\": \"open\", \"region\": \"south\"");
        return deals;
    }

    /** The server that they are on. */
    TestingHttp http() {
        return http;
    }

    /** The id of a new one. */
    String account(String industry) {
        Answer made = http.post("/api/data/accounts",
                "{\"name\": \"" + UUID.randomUUID() + "\", \"industry\": \"" + industry + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return String.valueOf(made.json().get("id"));
    }

    void add(String fields) {
        Answer made = http.post("/api/data/deals", "{\"batch\": \"" + batch + "\", " + fields + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    /** @param question without the cube and with quotes of one stroke */
    Answer ask(String question, String... headers) {
        String where = question.contains("'where'") ? "" : ", 'where': {'batch': 'BATCH'}";
        return http.post(ANALYTICS,
                ("{'cube': 'deals', " + question + where + "}").replace('\'', '"').replace("BATCH", batch), headers);
    }

    Map<String, Object> answer(String question, String... headers) {
        Answer answer = ask(question, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** The groups in words. */
    String rows(String question, String... headers) {
        return String.valueOf(answer(question, headers).get("rows"));
    }

    /** The titles of the records behind a cell. */
    List<Object> titles(String question, String... headers) {
        return ((List<?>) answer(question, headers).get("records")).stream()
                .<Object>map(record -> ((Map<?, ?>) record).get("title")).toList();
    }

    /** The code and the words of a refusal, which is never a fault of the server. */
    String refusal(String question, String... headers) {
        Answer answer = ask(question, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.json().get("code") + " " + answer.json().get("detail");
    }

    Answer data(String query, String... headers) {
        return http.post("/api/data/deals/query", query.replace('\'', '"').replace("BATCH", batch), headers);
    }
}
