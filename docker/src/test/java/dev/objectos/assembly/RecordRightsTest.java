package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Whose records are whose, as people with few rights meet the assembled server. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class RecordRightsTest {

    private static final String CASES = "/api/data/cases";
    private static final String WORKS = "/api/data/works";

    private final ServerProcess server;
    private final Colleague lead;
    private final Colleague ada;
    private final Colleague ben;
    private final Colleague looker;
    private final Colleague auditor;
    private final Colleague admin;
    private final Colleague worksManager;
    private final Colleague developer;
    private final Colleague nobody;

    RecordRightsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        lead = Colleague.join(server, "rows-lead", "support_lead");
        ada = Colleague.join(server, "rows-ada", "support", lead);
        ben = Colleague.join(server, "rows-ben", "support");
        looker = Colleague.join(server, "rows-looker", "looker");
        auditor = Colleague.join(server, "rows-auditor", "auditor");
        admin = Colleague.join(server, "rows-admin", "admin");
        worksManager = Colleague.join(server, "rows-manager", "works_manager");
        developer = Colleague.join(server, "rows-developer", "developer");
        nobody = Colleague.join(server, "rows-nobody", "member");
    }

    @Test
    void whatNobodyHasGrantedIsForbidden() {
        assertThat(nobody.get(CASES)).satisfies(RecordRightsTest::denied);
        assertThat(nobody.post(CASES, "{\"title\": \"Mine\"}")).satisfies(RecordRightsTest::denied);
        assertThat(nobody.get("/api/data/accounts")).satisfies(RecordRightsTest::denied);
        assertThat(looker.post(CASES, "{\"title\": \"Mine\"}")).satisfies(RecordRightsTest::denied);
        assertThat(nobody.get("/api/data/user?top=1").status()).isEqualTo(200);
    }

    @Test
    void aRecordOfSomebodyElseIsLikeNone() {
        String id = ada.post(CASES, "{\"title\": \"Ada's own\"}").id();
        String path = CASES + "/" + id;

        assertThat(ada.get(path).status()).isEqualTo(200);
        String unknown = path.substring(0, path.length() - 12) + "0123456789ab";
        assertThat(List.of(ben.get(path), ben.patch(path, "{\"title\": \"Ben's\"}"), ben.delete(path)))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.code()).isEqualTo("RECORD_NOT_FOUND");
                });
        assertThat(likeAny(ben.get(path), id))
                .isEqualTo(likeAny(ben.get(unknown), unknown.substring(unknown.length() - 36)));
        assertThat(titles(ben.get(CASES + "?title=Ada's%20own"))).isEmpty();
        assertThat(ben.post(CASES + "/query", """
                {"where": {"title": "Ada's own"}, "aggregations": [{"function": "count", "alias": "n"}]}""").json()
                .path("records").path(0).path("n").asInt()).isZero();
        assertThat(ada.get(path).record().path("title").asString()).isEqualTo("Ada's own");
    }

    @Test
    void whoStandsAboveSeesAndChangesButRulesKeepDeletionBack() {
        String path = CASES + "/" + ada.post(CASES, "{\"title\": \"Of the team\"}").id();

        assertThat(lead.get(path).status()).isEqualTo(200);
        assertThat(lead.patch(path, "{\"region\": \"south\"}").status()).isEqualTo(200);
        assertThat(lead.delete(path)).satisfies(RecordRightsTest::denied);
        assertThat(ada.delete(path).status()).isEqualTo(200);
    }

    @Test
    void theHigherRuleHasTheLastWord() {
        String path = CASES + "/" + ada.post(CASES, "{\"title\": \"Done\", \"status\": \"closed\"}").id();

        assertThat(ada.get(path).status()).isEqualTo(200);
        assertThat(ada.patch(path, "{\"title\": \"Not done\"}")).satisfies(RecordRightsTest::denied);
        assertThat(lead.patch(path, "{\"title\": \"Not done\"}")).satisfies(RecordRightsTest::denied);
        assertThat(admin.patch(path, "{\"status\": \"open\"}").status()).isEqualTo(200);
        assertThat(ada.patch(path, "{\"title\": \"Not done\"}").status()).isEqualTo(200);
    }

    @Test
    void aSharingRuleOpensRecordsForReadingToThoseWhoMayReadAtAll() {
        String north = CASES + "/" + ada.post(CASES, "{\"title\": \"Up\", \"region\": \"north\"}").id();
        String south = CASES + "/" + ada.post(CASES, "{\"title\": \"Down\", \"region\": \"south\"}").id();

        assertThat(looker.get(north).status()).isEqualTo(200);
        assertThat(looker.get(south).status()).isEqualTo(404);
        assertThat(looker.patch(north, "{\"title\": \"Mine\"}")).satisfies(RecordRightsTest::denied);
        assertThat(nobody.get(north)).satisfies(RecordRightsTest::denied);
        assertThat(auditor.get(south).status()).isEqualTo(200);
        assertThat(auditor.patch(south, "{\"title\": \"Mine\"}")).satisfies(RecordRightsTest::denied);
        ada.patch(north, "{\"region\": \"south\"}");
        assertThat(looker.get(north).status()).isEqualTo(404);
    }

    @Test
    void linesFollowTheirParent() {
        String parent = ada.post(CASES, "{\"title\": \"With notes\", \"region\": \"north\"}").id();
        String note = "/api/data/case_notes/"
                + ada.post("/api/data/case_notes", "{\"case\": \"" + parent + "\", \"text\": \"first\"}").id();

        assertThat(ada.patch(note, "{\"text\": \"second\"}").status()).isEqualTo(200);
        assertThat(lead.patch(note, "{\"text\": \"third\"}").status()).isEqualTo(200);
        assertThat(looker.get(note).status()).isEqualTo(200);
        assertThat(looker.patch(note, "{\"text\": \"mine\"}")).satisfies(RecordRightsTest::denied);
        assertThat(ben.get(note).status()).isEqualTo(404);
        assertThat(ben.post("/api/data/case_notes", "{\"case\": \"" + parent + "\"}").status()).isIn(400, 403);
        assertThat(looker.get(CASES + "/" + parent + "?expand=notes").record().path("notes").size()).isEqualTo(1);

        ada.patch(CASES + "/" + parent, "{\"status\": \"closed\"}");
        assertThat(ada.get(note).status()).isEqualTo(200);
        assertThat(ada.patch(note, "{\"text\": \"too late\"}")).satisfies(RecordRightsTest::denied);
        assertThat(ada.post("/api/data/case_notes", "{\"case\": \"" + parent + "\"}"))
                .satisfies(RecordRightsTest::denied);
    }

    @Test
    void whatGoesAlongHasToBeDeletableToo() {
        String parent = ada.post(CASES, "{\"title\": \"With files\"}").id();
        ada.post("/api/data/case_notes", "{\"case\": \"" + parent + "\"}").id();
        ada.post("/api/data/case_files", "{\"case\": \"" + parent + "\", \"name\": \"Ada's\"}").id();
        String foreign = lead.post("/api/data/case_files", "{\"case\": \"" + parent + "\", \"name\": \"Lead's\"}")
                .id();

        assertThat(ada.delete(CASES + "/" + parent)).satisfies(RecordRightsTest::denied);
        JsonNode whole = ada.get(CASES + "/" + parent + "?expand=files,notes").record();
        assertThat(whole.path("files").size()).isEqualTo(2);
        assertThat(whole.path("notes").size()).isEqualTo(1);
        assertThat(lead.delete("/api/data/case_files/" + foreign).status()).isEqualTo(200);
        assertThat(ada.delete(CASES + "/" + parent).status()).isEqualTo(200);
        assertThat(server.get("/api/data/case_notes?case=" + parent).json().path("records").size()).isZero();
    }

    @Test
    void ofManyChangesThoseArePossibleThatAreAllowed() {
        String mine = ada.post(CASES, "{\"title\": \"Many 1\"}").id();
        String closed = ada.post(CASES, "{\"title\": \"Many 2\", \"status\": \"closed\"}").id();
        String foreign = ben.post(CASES, "{\"title\": \"Many 3\"}").id();
        String records = List.of(mine, closed, foreign).stream()
                .map(id -> "{\"id\": \"" + id + "\", \"data\": {\"region\": \"east\"}}").toList().toString();

        JsonNode some = ada.post(CASES + "/batch", "{\"operation\": \"update\", \"records\": " + records
                + ", \"options\": {\"atomic\": false, \"continueOnError\": true}}").json();
        assertThat(some.path("results").valueStream().map(result -> result.path("success").asBoolean()))
                .as(some.toString()).containsExactly(true, false, false);
        assertThat(some.toString()).contains("PERMISSION_DENIED", "RECORD_NOT_FOUND");
        assertThat(server.get(CASES + "/" + closed).record().path("region").isNull()).isTrue();

        ada.patch(CASES + "/" + mine, "{\"region\": \"west\"}");
        Answer none = ada.post(CASES + "/batch", "{\"operation\": \"update\", \"records\": " + records
                + ", \"options\": {\"atomic\": true}}");
        assertThat(none.json().path("succeeded").asInt()).as(none.body()).isZero();
        assertThat(ada.get(CASES + "/" + mine).record().path("region").asString()).isEqualTo("west");
    }

    @Test
    void anOwnerMayWhatTheRoleMayNot() {
        String mine = WORKS + "/" + server.post(WORKS, work("Mine", developer)).id();
        String other = WORKS + "/" + server.post(WORKS, work("Other", worksManager)).id();

        assertThat(developer.get(mine).status()).isEqualTo(200);
        assertThat(developer.patch(mine, "{\"name\": \"Still mine\"}").status()).isEqualTo(200);
        assertThat(developer.get(other).status()).isEqualTo(404);
        assertThat(developer.post(WORKS, "{\"name\": \"New\"}")).satisfies(RecordRightsTest::denied);
        assertThat(developer.delete(mine).status()).isEqualTo(200);
    }

    @Test
    void rowSecurityTakesAwayAndRulesGiveBack() {
        String open = taken("Open", developer);
        String done = taken("Completed", developer, "approve", "complete");

        assertThat(worksManager.get(WORKS + "/" + open).status()).isEqualTo(200);
        assertThat(worksManager.patch(WORKS + "/" + open, "{\"name\": \"Opened\"}").status()).isEqualTo(200);
        assertThat(worksManager.delete(WORKS + "/" + open)).satisfies(RecordRightsTest::denied);
        Colleague other = Colleague.join(server, "rows-other-developer", "developer");
        assertThat(other.get(WORKS + "/" + open).status()).isEqualTo(404);
        assertThat(other.get(WORKS + "/" + done).status()).isEqualTo(200);
        assertThat(other.patch(WORKS + "/" + done, "{\"name\": \"Mine\"}")).satisfies(RecordRightsTest::denied);
        assertThat(worksManager.patch(WORKS + "/" + done, "{\"name\": \"Mine\"}"))
                .satisfies(RecordRightsTest::denied);
        assertThat(developer.patch(WORKS + "/" + done, "{\"name\": \"Well done\"}").status()).isEqualTo(200);
        assertThat(admin.patch(WORKS + "/" + done, "{\"name\": \"Done\"}").status()).isEqualTo(200);
        assertThat(admin.delete(WORKS + "/" + done).status()).isEqualTo(200);
    }

    @Test
    void aTransitionIsForWhomItsActionNames() {
        String mine = taken("Approvable", developer);
        String forbidden = taken("Forbidden", worksManager);
        String path = "/api/workflow/works/";

        assertThat(developer.post(path + mine + "/approve", "{}")).satisfies(RecordRightsTest::denied);
        assertThat(developer.get(path + mine).json().path("transitions").path(0).path("allowed").asBoolean()).isFalse();
        assertThat(against(developer, mine)).containsExactly("object: This is for admin, works_manager");
        assertThat(against(worksManager, forbidden))
                .containsExactly("object: The record is not one of which approve is permitted");
        assertThat(against(worksManager, mine)).isEmpty();
        assertThat(worksManager.post(path + forbidden + "/approve", "{}")).satisfies(RecordRightsTest::denied);
        assertThat(worksManager.post(path + mine + "/approve", "{}").status()).isEqualTo(200);
        assertThat(nobody.post(path + mine + "/complete", "{}").status()).isIn(403, 404);
        assertThat(developer.post(path + mine + "/complete", "{}").status()).isEqualTo(200);
    }

    @Test
    void anotherOrganizationSeesNothingOfThisOne() {
        String path = CASES + "/" + ada.post(CASES, "{\"title\": \"Ours\", \"region\": \"north\"}").id();
        String elsewhere = server.post("/api/auth/organization/create", """
                {"name": "Elsewhere", "slug": "rows-elsewhere"}""").json().path("id").asString();
        Colleague visitor = Colleague.join(server, "rows-visitor", "admin");
        server.post("/api/auth/organization/add-member", """
                {"email": "%s", "role": "admin", "organizationId": "%s"}""".formatted(visitor.email(), elsewhere));

        assertThat(visitor.get(path).status()).isEqualTo(200);
        assertThat(visitor.post("/api/auth/organization/set-active",
                "{\"organizationId\": \"" + elsewhere + "\"}").status()).isEqualTo(200);
        assertThat(visitor.get(path).code()).isEqualTo("RECORD_NOT_FOUND");
        assertThat(visitor.patch(path, "{\"title\": \"Theirs\"}").code()).isEqualTo("RECORD_NOT_FOUND");
        assertThat(titles(visitor.get(CASES))).isEmpty();
    }

    private static String work(String name, Colleague owner) {
        return "{\"name\": \"" + name + "\", \"owner\": \"" + owner.id() + "\"}";
    }

    /** The id of a work that has taken some transitions. */
    private String taken(String name, Colleague owner, String... transitions) {
        String id = server.post(WORKS, work(name, owner)).id();
        for (String transition : transitions) {
            assertThat(server.post("/api/workflow/works/" + id + "/" + transition, "{}").status()).isEqualTo(200);
        }
        return id;
    }

    /** What speaks against approving a work. */
    private static List<String> against(Colleague who, String id) {
        List<JsonNode> layers = who.explained("works", "approve", id);
        assertThat(layers).anyMatch(layer -> layer.path("layer").asString().equals("workflow"));
        return layers.stream().filter(layer -> layer.path("verdict").asString().equals("denied"))
                .map(layer -> layer.path("layer").asString() + ": " + layer.path("because").asString()).toList();
    }

    private static List<String> titles(Answer answer) {
        return answer.json().path("records").valueStream().map(record -> record.path("title").asString()).toList();
    }

    private static String likeAny(Answer answer, String id) {
        return answer.body().replace(id, "ID").replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    private static void denied(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
    }
}
