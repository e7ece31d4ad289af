package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the assembled server says about rights, and how people share single records. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class RightsAnswersTest {

    private static final String CASES = "/api/data/cases";
    private static final String SHARES = "/api/permissions/shares";

    private final ServerProcess server;
    private final Colleague lead;
    private final Colleague ada;
    private final Colleague ben;
    private final Colleague looker;

    RightsAnswersTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        lead = Colleague.join(server, "answers-lead", "support_lead");
        ada = Colleague.join(server, "answers-ada", "support", lead);
        ben = Colleague.join(server, "answers-ben", "support");
        looker = Colleague.join(server, "answers-looker", "looker");
    }

    @Test
    void rolesAreThoseThatTheMetadataNames() {
        String body = """
                {"email": "slip@example.com", "name": "Slip", "password": "a long pass phrase", "role": "%s"}""";
        Answer slip = server.post("/api/auth/admin/create-user", body.formatted("sales_manger"));
        assertThat(slip.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(slip.json().at("/fields/0/message").asString()).contains("sales_manger", "sales_manager",
                "support_lead", "works_manager", "hr_viewer");
        JsonNode role = server.get("/api/data/_roles?name=support").json().at("/records/0");
        assertThat(role.path("defined").asBoolean()).isTrue();
        assertThat(role.path("holders").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(server.get("/api/data/_roles?name=sales_manager").json().at("/records/0/label").asString())
                .isEqualTo("Sales manager");
    }

    @Test
    void noFileOfTheAssemblyHasWrongPermissionsOrFailingTestsOfThem() {
        for (String type : new String[]{"permission", "permission_test"}) {
            assertThat(server.get("/api/metadata/diagnostics?severity=error&type=" + type).json().path("entries"))
                    .as(type).isEmpty();
        }
        assertThat(server.get("/api/metadata/permission_test").json().path("items").valueStream()
                .map(item -> item.path("name").asString())).contains("leave_requests", "payroll", "opportunities");
    }

    @Test
    void everybodyLearnsTheirOwnRights() {
        JsonNode mine = ada.get("/api/auth/me/permissions").json();

        assertThat(mine.path("sets").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("everyone",
                "support");
        JsonNode cases = mine.path("objects").path("cases");
        assertThat(cases.path("allowRead").asBoolean()).isTrue();
        assertThat(cases.path("allowDelete").asBoolean()).isTrue();
        assertThat(cases.path("viewAllRecords").asBoolean()).isFalse();
        assertThat(cases.path("readonlyFields").valueStream().map(JsonNode::asString)).contains("phone", "rating")
                .doesNotContain("cost");
        assertThat(mine.path("objects").has("accounts")).isFalse();
        assertThat(lead.get("/api/auth/me/permissions").json().path("sets").valueStream().map(JsonNode::asString))
                .contains("support", "support_lead");
    }

    @Test
    void aQuestionAndTheDeedHaveTheSameAnswer() {
        String id = ada.post(CASES, "{\"title\": \"Asked about\", \"status\": \"closed\"}").id();

        assertThat(allowed(ada, "read", id)).isTrue().isEqualTo(ada.get(CASES + "/" + id).status() == 200);
        assertThat(allowed(ada, "update", id)).isFalse()
                .isEqualTo(ada.patch(CASES + "/" + id, "{\"region\": \"east\"}").status() == 200);
        assertThat(allowed(ben, "read", id)).isFalse().isEqualTo(ben.get(CASES + "/" + id).status() == 200);
        assertThat(allowed(looker, "create", null)).isFalse();
        String open = ada.post(CASES, "{\"title\": \"Still open\"}").id();
        for (String asked : new String[]{id, open}) {
            assertThat(allowed(ada, "reopen", asked)).as("reopening by its owner").isEqualTo(
                    ada.post("/api/actions/cases.reopen", "{\"recordId\": \"" + asked + "\"}").status() == 200);
        }
        assertThat(allowed(looker, "reopen", open)).isFalse();
        Answer unexplained = ada.post("/api/permissions/explain", question("update", id));
        assertThat(unexplained.json().path("decision").asString()).isEqualTo("denied");
        assertThat(unexplained.body()).doesNotContain("closed_stays_closed", ".yml");
        Answer explained = server.post("/api/permissions/explain", """
                {"user": "%s", "object": "cases", "operation": "update", "recordId": "%s"}""".formatted(ada.id(), id));
        assertThat(explained.status()).as(explained.body()).isEqualTo(200);
        assertThat(explained.json().path("allowed").asBoolean()).isFalse();
        assertThat(explained.body()).contains("closed_stays_closed", "cases.object.yml");
        assertThat(ada.post("/api/permissions/check", """
                {"user": "%s", "object": "cases", "operation": "read"}""".formatted(ben.id())).status())
                .isEqualTo(403);
    }

    @Test
    void aRecordSaysWhatItsReaderMayDoWithIt() {
        String id = ada.post(CASES, "{\"title\": \"For the team\"}").id();

        JsonNode own = ada.get(CASES + "/" + id + "?meta=permissions").json().path("permissions");
        JsonNode above = lead.get(CASES + "/" + id + "?meta=permissions").json().path("permissions");

        assertThat(own.path("delete").asBoolean()).isTrue();
        assertThat(above.path("update").asBoolean()).isTrue();
        assertThat(above.path("delete").asBoolean()).isFalse();
        assertThat(own.path("fields").path("rating").path("editable").asBoolean()).isFalse();
        assertThat(own.path("fields").has("cost")).isFalse();
        assertThat(above.path("fields").path("rating").path("editable").asBoolean()).isTrue();
    }

    @Test
    void aRecordIsSharedForAWhileByWhoMayChangeIt() {
        String id = ada.post(CASES, "{\"title\": \"To be shared\"}").id();
        String path = CASES + "/" + id;

        assertThat(ben.post(SHARES, share(id, ben, "read", null)).status()).isEqualTo(404);
        assertThat(ben.get(path).status()).isEqualTo(404);
        assertThat(ada.post(SHARES, share(id, ben, "read", Instant.now().minusSeconds(60))).status()).isEqualTo(400);
        Answer shared = ada.post(SHARES, share(id, ben, "read", Instant.now().plus(1, ChronoUnit.HOURS)));
        assertThat(shared.status()).as(shared.body()).isEqualTo(201);
        assertThat(ben.get(path).status()).isEqualTo(200);
        assertThat(ben.patch(path, "{\"title\": \"Ben's\"}").status()).isEqualTo(403);
        assertThat(ben.post(SHARES, share(id, looker, "read", null)).status()).isEqualTo(403);
        assertThat(ada.get(SHARES + "?object=cases&recordId=" + id).json().path("shares").size()).isEqualTo(1);

        assertThat(ada.delete(SHARES + "/" + shared.json().path("id").asString()).status()).isEqualTo(200);
        assertThat(ben.get(path).status()).isEqualTo(404);
    }

    @Test
    void aShareEndsByItself() {
        String id = ada.post(CASES, "{\"title\": \"Shared for a moment\"}").id();
        Instant end = Instant.now().plusSeconds(2);

        assertThat(ada.post(SHARES, share(id, ben, "read_write", end)).status()).isEqualTo(201);
        Patience.until("the end of the share", Duration.ofSeconds(30),
                () -> ben.patch(CASES + "/" + id, "{\"region\": \"east\"}").status() == 404);
        assertThat(Instant.now()).isAfterOrEqualTo(end);
    }

    @Test
    void whatIsOpenForAWhileIsHandedOnForNoLonger() {
        String id = ada.post(CASES, "{\"title\": \"Handed on\"}").id();
        Instant end = Instant.now().plus(1, ChronoUnit.HOURS);
        assertThat(ada.post(SHARES, share(id, ben, "read_write", end)).status()).isEqualTo(201);

        for (Colleague with : List.of(ben, looker)) {
            assertThat(ben.post(SHARES, share(id, with, "read", null)).code()).isEqualTo("PERMISSION_DENIED");
            assertThat(ben.post(SHARES, share(id, with, "read", end.plusSeconds(1))).body())
                    .contains("open to you for a while only");
        }
        assertThat(ben.post(SHARES, share(id, looker, "read", end.minusSeconds(1))).status()).isEqualTo(201);
        String note = ada.post("/api/data/case_notes", "{\"case\": \"" + id + "\"}").id();
        String ofNote = share(note, looker, "read", null).replace("cases", "case_notes");
        assertThat(ben.post(SHARES, ofNote).body()).contains("open to you with what it belongs to");
        assertThat(ada.post(SHARES, ofNote).status()).isEqualTo(201);
        assertThat(ada.post(SHARES, share(id, ben, "read_write", null)).status()).isEqualTo(201);
        assertThat(ben.post(SHARES, share(id, looker, "read", null)).status()).isEqualTo(201);
        assertThat(lead.post(SHARES, share(id, looker, "read", null)).status()).isEqualTo(201);
    }

    @Test
    void aShareWithARoleIsForAllWhoHoldIt() {
        String id = ada.post(CASES, "{\"title\": \"For lookers\"}").id();

        assertThat(looker.get(CASES + "/" + id).status()).isEqualTo(404);
        assertThat(ada.post(SHARES, """
                {"object": "cases", "recordId": "%s", "role": "looker", "access": "read_write"}""".formatted(id))
                .status()).isEqualTo(201);
        assertThat(looker.get(CASES + "/" + id).status()).isEqualTo(200);
        assertThat(looker.patch(CASES + "/" + id, "{\"region\": \"east\"}").status()).isEqualTo(403);
    }

    @Test
    void aRecordIsSharedWithNobodyWhomTheSharerDoesNotKnow() {
        String id = ada.post(CASES, "{\"title\": \"For whom?\"}").id();
        server.post("/api/auth/organization/create", "{\"name\": \"Apart\", \"slug\": \"answers-apart\"}");
        Colleague stranger = Colleague.elsewhere(server, "answers-apart", "answers-stranger", "member");
        String longAgo = Instant.now().minusSeconds(60).toString();

        for (String user : List.of(UUID.randomUUID().toString(), stranger.id())) {
            Answer refused = ada.post(SHARES, """
                    {"object": "cases", "recordId": "%s", "user": "%s", "access": "full", "expiresAt": "%s"}"""
                    .formatted(id, user, longAgo));
            assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
            assertThat(refused.json().path("fields").valueStream().map(JsonNode::toString)).contains(
                    "{\"field\":\"user\",\"code\":\"invalid_reference\","
                            + "\"message\":\"user refers to a record that does not exist\"}")
                    .anySatisfy(error -> assertThat(error).contains("expiresAt"));
        }
        JsonNode slip = ada.post(SHARES, """
                {"object": "cases", "recordId": "%s", "role": "loooker"}""".formatted(id)).json().at("/fields/0");
        assertThat(slip.path("field").asString()).isEqualTo("role");
        assertThat(slip.path("code").asString()).isEqualTo("unknown");
        assertThat(ada.get(SHARES + "?object=cases&recordId=" + id).json().path("shares")).isEmpty();
    }

    @Test
    void takenRightsAreTakenAtOnce() {
        String path = CASES + "/" + server.post(CASES, """
                {"title": "Not any more", "phone": "0123456789", "region": "north"}""").id();
        String selected = path + "?select=title,phone";
        Colleague passing = Colleague.join(server, "answers-passing", "looker,support_lead,auditor");
        assertThat(passing.get(path).record().path("phone").asString()).isEqualTo("0123456789");
        assertThat(known(passing, selected).status()).isEqualTo(304);
        assertThat(server.post("/api/auth/admin/set-role",
                "{\"userId\": \"" + passing.account() + "\", \"role\": \"looker\"}").status()).isEqualTo(200);

        Answer masked = known(passing, selected);

        assertThat(masked.status()).as(masked.body()).isEqualTo(200);
        assertThat(masked.record().path("phone").asString()).isEqualTo("****6789");
        server.post("/api/auth/admin/set-role", "{\"userId\": \"" + passing.account() + "\", \"role\": \"member\"}");
        assertThat(passing.get(path).status()).isEqualTo(403);
    }

    /** Asks whether there is anything newer than the first version, as somebody holds it who sees everything. */
    private Answer known(Colleague who, String path) {
        return server.send(who.request("GET", path).header("If-None-Match", "\"1\""));
    }

    private static boolean allowed(Colleague who, String operation, @Nullable String id) {
        Answer answer = who.post("/api/permissions/check", question(operation, id));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("allowed").asBoolean();
    }

    private static String question(String operation, @Nullable String id) {
        return "{\"object\": \"cases\", \"operation\": \"" + operation + "\""
                + (id == null ? "}" : ", \"recordId\": \"" + id + "\"}");
    }

    private static String share(String id, Colleague with, String access,
            @Nullable Instant until) {
        return "{\"object\": \"cases\", \"recordId\": \"" + id + "\", \"user\": \"" + with.id() + "\", \"access\": \""
                + access + "\"" + (until == null ? "}" : ", \"expiresAt\": \"" + until + "\"}");
    }
}
