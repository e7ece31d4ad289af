package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** At every endpoint that there is, an id of another organization is answered like one that nobody has, and changes nothing. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class ForeignIdsTest {

    private static final String SECRET = "Behind the wall";

    private final TenantWalk walk = TenantWalk.read();
    private final ServerProcess server;
    private final Colleague there;
    private final Colleague here;
    private final Map<String, String> foreign = new HashMap<>();
    private final Map<String, String> own = new HashMap<>();
    private String resumeToken = "";

    ForeignIdsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        there = Colleague.join(server, "foreign-there", "admin,owner");
        server.post("/api/auth/organization/create", "{\"name\": \"Here\", \"slug\": \"foreign-here\"}");
        here = Colleague.elsewhere(server, "foreign-here", "foreign-here", "admin,owner");
        own.put("own", here.post("/api/data/accounts", "{\"name\": \"Mine\"}").id());
        own.put("ownWork", here.post("/api/data/works", "{\"name\": \"Mine\"}").id());
        people();
        records();
        files();
    }

    private void people() {
        foreign.put("organization", "00000000-0000-7000-8000-000000000001");
        foreign.put("user", there.id());
        foreign.put("email", there.email());
        foreign.put("session", there.get("/api/auth/list-sessions").json().path(0).path("id").asString());
        foreign.put("key", made("/api/auth/api-key/create", "{\"name\": \"Theirs\"}").path("id").asString());
        foreign.put("program",
                made("/api/auth/service-account/create", "{\"name\": \"Theirs\"}").path("userId").asString());
        foreign.put("invitation", made("/api/auth/organization/invite-member",
                "{\"email\": \"foreign-guest@example.org\"}").path("id").asString());
    }

    private void records() {
        foreign.put("account", there.post("/api/data/accounts", named()).id());
        foreign.put("other", there.post("/api/data/accounts", named()).id());
        foreign.put("case", there.post("/api/data/cases", "{\"title\": \"" + SECRET + "\"}").id());
        foreign.put("work", there.post("/api/data/works", named()).id());
        foreign.put("share", made("/api/permissions/shares", "{\"object\": \"works\", \"recordId\": \""
                + foreign.get("work") + "\", \"role\": \"developer\", \"access\": \"read\"}").path("id").asString());
        String binned = there.post("/api/data/leads", named()).id();
        assertThat(there.delete("/api/data/leads/" + binned).status()).isEqualTo(200);
        foreign.put("binned", binned);
        foreign.put("job", made("/api/data/import/jobs",
                "{\"object\": \"accounts\", \"format\": \"json\", \"rows\": [" + named() + "]}").path("id").asString());
        JsonNode told = awaited(there.request("GET", "/api/notifications"), "/notifications/0");
        foreign.put("notification", told.path("id").asString());
        foreign.put("run", awaited(server.signed("GET", "/api/automation/runs?record=" + foreign.get("work")),
                "/items/0").path("id").asString());
    }

    /** Part of an answer, once it is there. */
    private JsonNode awaited(HttpRequest.Builder request, String part) {
        Patience.until(part, Duration.ofSeconds(30), () -> !server.send(request).json().at(part).isMissingNode());
        return server.send(request).json().at(part);
    }

    private static String named() {
        return "{\"name\": \"" + SECRET + "\"}";
    }

    private void files() {
        String body = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + SECRET + "\r\n--part--\r\n";
        Answer stored = server.send(there.request("POST", "/api/storage/upload")
                .header("Content-Type", "multipart/form-data; boundary=part")
                .method("POST", BodyPublishers.ofString(body)));
        foreign.put("file", stored.json().path("data").path("fileId").asString());
        JsonNode parts = made("/api/storage/upload/chunked", "{\"filename\": \"b.txt\", \"totalSize\": 2}")
                .path("data");
        foreign.put("upload", parts.path("uploadId").asString());
        resumeToken = parts.path("resumeToken").asString();
    }

    private JsonNode made(String path, String body) {
        Answer answer = there.post(path, body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
        return answer.json();
    }

    @Test
    void areTriedAtEveryEndpoint() {
        Set<String> untried = MappedRoutes.ofClassPath().stream()
                .filter(ways -> ways.stream().noneMatch(walk.routes()::contains)).flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(untried).as("routes to try with foreign ids in tenants/foreign-ids.txt").isEmpty();
        Set<String> mapped = MappedRoutes.ofClassPath().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(walk.routes()).as("routes that are there").isSubsetOf(mapped);
    }

    @Test
    void areAnsweredLikeIdsThatNobodyHas() {
        assertThat(foreign).allSatisfy((name, id) -> assertThat(id).as(name).isNotEmpty());
        var unknown = new HashMap<String, String>();
        foreign.forEach((name, id) -> unknown.put(name,
                name.equals("email") ? "foreign-nobody@example.org" : UUID.randomUUID().toString()));
        String before = whatIsThere();
        var softly = new SoftAssertions();
        for (TenantWalk.Step step : walk.steps()) {
            Answer known = send(step, foreign);
            Answer none = send(step, unknown);
            softly.assertThat(known.status()).as("%s: %s", step, known.body()).isEqualTo(step.status());
            softly.assertThat(said(known, foreign)).as("%s", step).isEqualTo(said(none, unknown))
                    .doesNotContain(SECRET);
        }
        softly.assertThat(whatIsThere()).as("nothing has happened to it").isEqualTo(before);
        softly.assertAll();
    }

    @Test
    void areNotHeardOf() {
        try (EventReader heard = EventReader.open(here.request("GET", "/api/realtime?object=works"));
                EventReader known = EventReader.open(there.request("GET", "/api/realtime?object=works"))) {
            there.post("/api/data/works", named());
            known.await("created", 1);
            String mine = here.post("/api/data/works", "{\"name\": \"Mine too\"}").id();
            assertThat(heard.await("", 1)).extracting(EventReader.Event::id).containsExactly(mine);
        }
    }

    private Answer send(TenantWalk.Step step, Map<String, String> ids) {
        var all = new HashMap<>(own);
        all.putAll(ids);
        TenantWalk.Step about = step.about(all);
        HttpRequest.Builder request = here.request(step.method(), about.path())
                .header("Content-Type", "application/json").header("x-resume-token", resumeToken);
        return server.send(about.body().isEmpty()
                ? request
                : request.method(step.method(), BodyPublishers.ofString(about.body())));
    }

    /** What is told besides ids, which are those of the question, the time, how far a job has come, and the number of the request. */
    private static String said(Answer answer, Map<String, String> ids) {
        return answer.body().replace(String.valueOf(ids.get("email")), "EMAIL")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replace("\"status\":\"running\"", "\"status\":\"pending\"").replace(",\"startedAt\":\"TIME\"", "")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    /** As those see it to whom it belongs. */
    private String whatIsThere() {
        return String.join("\n", there.get("/api/data/works/" + foreign.get("work")).body(),
                there.get("/api/data/accounts/" + foreign.get("account")).body(),
                there.get("/api/data/accounts/" + foreign.get("other")).body(),
                there.get("/api/data/leads/trash?id=" + foreign.get("binned")).body(),
                there.get("/api/permissions/shares?object=works&recordId=" + foreign.get("work")).body(),
                there.get("/api/storage/files/" + foreign.get("file")).body(),
                there.get("/api/storage/upload/chunked/" + foreign.get("upload") + "/progress").body(),
                there.get("/api/auth/admin/get-user?id=" + foreign.get("user")).body(),
                there.get("/api/auth/organization/list-invitations").body(),
                there.get("/api/auth/organization/get-full-organization").json().path("name").asString(),
                there.get("/api/auth/service-account/list").body(),
                there.get("/api/auth/api-key/get?id=" + foreign.get("key")).body());
    }
}
