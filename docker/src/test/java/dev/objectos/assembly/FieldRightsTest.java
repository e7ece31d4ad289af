package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Which fields there are for whom, on the assembled server. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class FieldRightsTest {

    private static final String CASES = "/api/data/cases";

    /** A field that exists, and names that do not. */
    private static final String HIDDEN = "cost";
    private static final String UNKNOWN = "zzqx";

    private final ServerProcess server;
    private final Colleague lead;
    private final Colleague ada;
    private final Colleague nobody;
    private final String id;

    FieldRightsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        lead = Colleague.join(server, "fields-lead", "support_lead");
        ada = Colleague.join(server, "fields-ada", "support", lead);
        nobody = Colleague.join(server, "fields-nobody", "member");
        id = server.post(CASES, """
                {"title": "Priced", "fee": 10, "cost": 7, "phone": "+41 44 668 18 00", "owner": "%s"}"""
                .formatted(ada.id())).id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?select=title,%s", "?sort=%s", "?sort=-%s", "?%s=7", "?filter={\"%s\":{\"$gt\":1}}",
            "?filter={\"$not\":{\"%s\":null}}", "?filter={\"fee\":{\"$gt\":{\"$field\":\"%s\"}}}", "?groupBy=%s",
            "?expand=%s", "?aggregations=[{\"function\":\"sum\",\"field\":\"%s\",\"alias\":\"x\"}]"})
    void inTheUrlOfAListAHiddenFieldIsAnUnknownOne(String query) {
        sameAsUnknown(name -> ada.get(CASES + escaped(query.formatted(name))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fields\":[\"%s\"]}", "{\"where\":{\"%s\":7}}", "{\"where\":[[\"%s\",\">\",1]]}",
            "{\"orderBy\":[{\"field\":\"%s\",\"order\":\"asc\"}]}", "{\"groupBy\":[\"%s\"]}",
            "{\"groupBy\":[\"title\"],\"aggregations\":[{\"function\":\"max\",\"field\":\"%s\",\"alias\":\"x\"}]}",
            "{\"groupBy\":[\"title\"],\"aggregations\":[{\"function\":\"count\",\"alias\":\"x\"}],\"having\":{\"%s\":{\"$gt\":1}}}",
            "{\"groupBy\":[\"title\"],\"aggregations\":[{\"function\":\"count\",\"alias\":\"x\"}],\"orderBy\":\"%s\"}",
            "{\"expand\":{\"%s\":{}}}"})
    void inAQueryAHiddenFieldIsAnUnknownOne(String body) {
        sameAsUnknown(name -> ada.post(CASES + "/query", body.formatted(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"where\":{\"case.%s\":7}}", "{\"fields\":[\"case.%s\"]}", "{\"orderBy\":\"case.%s\"}",
            "{\"groupBy\":[\"case.%s\"]}", "{\"expand\":{\"case\":{\"fields\":[\"title\",\"%s\"]}}}"})
    void fromAnotherObjectAHiddenFieldIsAnUnknownOne(String body) {
        sameAsUnknown(name -> ada.post("/api/data/case_notes/query", body.formatted(name)));
    }

    @Test
    void inWritesAHiddenFieldIsAnUnknownOne() {
        sameAsUnknown(name -> ada.post(CASES, "{\"title\":\"x\",\"%s\":1}".formatted(name)));
        sameAsUnknown(name -> ada.patch(CASES + "/" + id, "{\"%s\":1}".formatted(name)));
        sameAsUnknown(
                name -> ada.patch(CASES + "/" + id, "{\"%s\":\"no number\",\"fee\":\"none either\"}".formatted(name)));
        sameAsUnknown(name -> ada.post(CASES + "/createMany", "[{\"title\":\"x\",\"%s\":1}]".formatted(name)));
        sameAsUnknown(name -> ada.post(CASES + "/updateMany",
                "{\"records\":[{\"id\":\"%s\",\"data\":{\"%s\":1}}]}".formatted(id, name)));
        sameAsUnknown(name -> ada.post("/api/batch", """
                {"operations":[{"object":"cases","action":"update","id":"%s","data":{"%s":1}}]}""".formatted(id,
                name)));
        sameAsUnknown(name -> ada.post(CASES + "/" + id + "/clone", "{\"overrides\":{\"%s\":1}}".formatted(name)));
        assertThat(server.get(CASES + "/" + id).record().path("cost").asInt()).isEqualTo(7);
    }

    @Test
    void inQuestionsAboutRightsAHiddenFieldIsAnUnknownOne() {
        String question = "{\"object\":\"cases\",\"operation\":\"read\",\"recordId\":\"" + id
                + "\",\"fields\":[\"%s\"]}";
        sameAsUnknown(name -> ada.post("/api/permissions/check", question.formatted(name)));
        sameAsUnknown(name -> ada.post("/api/permissions/explain", question.formatted(name)));
    }

    @Test
    void noAnswerHoldsAHiddenFieldOrWhatIsComputedFromIt() {
        assertThat(server.get(CASES + "/" + id).record().path("margin").asInt()).isEqualTo(3);
        for (Answer answer : new Answer[]{ada.get(CASES + "/" + id), ada.get(CASES), ada.get(CASES + "?search=Priced"),
                ada.patch(CASES + "/" + id, "{\"region\":\"west\"}"), ada.post(CASES, "{\"title\":\"New\"}"),
                ada.get(CASES + "/" + id + "?meta=permissions")}) {
            assertThat(answer.status()).as(answer.body()).isIn(200, 201);
            assertThat(answer.body()).doesNotContain("\"cost\"", "\"margin\"").contains("\"public_margin\"");
        }
        assertThat(ada.get(CASES + "?select=margin").code()).isEqualTo("INVALID_FIELD");
        JsonNode whole = lead.get(CASES + "/" + id).record();
        assertThat(whole.path("cost").asInt()).isEqualTo(7);
        assertThat(whole.path("margin").asInt()).isEqualTo(3);
    }

    @Test
    void aMaskedFieldIsShownAndNothingElse() {
        assertThat(ada.get(CASES + "/" + id).record().path("phone").asString()).isEqualTo("****8 00");
        assertThat(lead.get(CASES + "/" + id).record().path("phone").asString()).isEqualTo("+41 44 668 18 00");
        for (String query : new String[]{"?phone=%2B41", "?sort=phone", "?groupBy=phone"}) {
            assertThat(ada.get(CASES + query)).satisfies(answer -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("INVALID_FIELD");
            });
        }
        assertThat(ada.patch(CASES + "/" + id, "{\"phone\":\"****8 00\"}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("phone").doesNotContain("668");
        });
    }

    @Test
    void whatMayNotBeWrittenIsNamed() {
        assertThat(ada.patch(CASES + "/" + id, "{\"rating\":5}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
            assertThat(answer.body()).contains("rating");
        });
        assertThat(lead.patch(CASES + "/" + id, "{\"rating\":5}").status()).isEqualTo(200);
        assertThat(ada.get(CASES + "?rating=5").json().path("records").size()).isEqualTo(1);
    }

    @Test
    void metadataIsAsItsReaderMaySeeIt() {
        assertThat(server.get("/api/metadata/cases").body()).contains("\"cost\"", "\"margin\"");
        assertThat(lead.get("/api/metadata/cases").body()).contains("\"cost\"", "\"margin\"");
        Answer seen = ada.get("/api/metadata/cases");
        assertThat(seen.body()).doesNotContain("cost", "\"margin\"").contains("\"public_margin\"", "\"phone\"");
        assertThat(nobody.get("/api/metadata/cases").status()).isEqualTo(404);
        assertThat(nobody.get("/api/metadata/object").json().path("items").valueStream()
                .map(item -> item.path("name").asString())).contains("user").doesNotContain("cases", "accounts");
        assertThat(ada.get("/api/metadata/permission").body()).doesNotContain("the_north_is_open");
    }

    @Test
    void theDescriptionOfTheInterfaceIsAsItsReaderMaySeeIt() {
        assertThat(lead.get("/api/openapi.json").body()).contains("\"margin\"", "/api/data/cases");
        JsonNode mine = ada.get("/api/openapi.json").json();
        assertThat(mine.path("paths").has("/api/data/cases")).isTrue();
        assertThat(mine.toString()).doesNotContain("\"cost\"", "\"margin\"");
        assertThat(nobody.get("/api/openapi.json").body()).doesNotContain("/api/data/cases", "/api/data/payroll");
    }

    @Test
    void theDescriptionOfTheInterfaceShowsToAKeyWhatItReaches() {
        String key = server.post("/api/auth/api-key/create",
                "{\"name\": \"describing\", \"scopes\": [\"data:cases:read\", \"metadata:read\"]}").json().path("key")
                .asString();
        JsonNode paths = server.send(server.unsigned("GET", "/api/openapi.json").header("X-API-Key", key)).json()
                .path("paths");
        assertThat(paths.path("/api/data/cases").propertyNames()).containsExactly("get");
        assertThat(paths.propertyNames()).contains("/api/metadata", "/api/auth/get-session")
                .doesNotContain("/api/data/accounts", "/api/plugins", "/api/auth/admin/list-users");
        assertThat(paths.path("/api/metadata/{type}/{name}").propertyNames()).contains("get").doesNotContain("put");
    }

    /** What the server says of a name, apart from that name. */
    @FunctionalInterface
    private interface Question {

        Answer about(String name);
    }

    private static void sameAsUnknown(Question question) {
        Answer hidden = question.about(HIDDEN);
        Answer unknown = question.about(UNKNOWN);
        assertThat(unknown.status()).as(unknown.body()).isIn(200, 400);
        assertThat(unknown.body()).contains(UNKNOWN);
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(unknown.status());
        assertThat(apart(hidden, HIDDEN)).isEqualTo(apart(unknown, UNKNOWN));
    }

    private static String apart(Answer answer, String name) {
        return answer.body().replace(name, "NAME").replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    private static String escaped(String query) {
        int equals = query.indexOf('=');
        return query.substring(0, equals + 1)
                + URLEncoder.encode(query.substring(equals + 1), StandardCharsets.UTF_8);
    }
}
