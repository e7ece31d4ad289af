package dev.objectos.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.automation.run.RunLog;
import dev.objectos.automation.run.RunReplay;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunControllerTest {

    @TempDir
    private static Path folder;

    private static TestingAutomation server;
    private static UUID first;
    private static UUID second;

    @BeforeAll
    static void start() {
        server = TestingAutomation.start(folder, "run_controller", Map.of("tasks.object.yml",
                "name: tasks\nfields: {title: {type: text}}", "stamp.trigger.yml",
                """
                        {object: tasks, event: [beforeInsert, beforeUpdate], label: Stamp, order: 3,
                         when: "previous.title == null",
                         actions: [{type: update_field, field: title, value: "${record.title + '!'}"}]}""",
                "assign.trigger.yml", """
                        {object: tasks, event: afterInsert, when: "record.title == 'lost!'",
                         actions: [{type: update_field, field: owner, value: eve}]}"""));
        first = server.create("tasks", Map.of("title", "a")).id();
        second = server.create("tasks", Map.of("title", "lost")).id();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static MockMvc http(Session session) {
        return MockMvcBuilders
                .standaloneSetup(new RunController(server.bean(RunLog.class), server.bean(RunReplay.class)),
                        new TriggerController(server.bean(Catalogs.class)))
                .setCustomArgumentResolvers(new FixedSession(session)).build();
    }

    private static JsonNode send(HttpMethod method, String path) throws Exception {
        var response = http(TestingAutomation.system())
                .perform(MockMvcRequestBuilders.request(method, "/api/automation/" + path)).andReturn().getResponse();
        assertThat(response.getStatus()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.getContentAsString());
    }

    @Test
    void listsTriggers() throws Exception {
        JsonNode items = send(HttpMethod.GET, "triggers").path("items");

        assertThat(items.size()).isEqualTo(2);
        JsonNode stamp = send(HttpMethod.GET, "triggers/stamp");
        assertThat(stamp.path("label").asString()).isEqualTo("Stamp");
        assertThat(stamp.path("events").toString()).isEqualTo("[\"beforeInsert\",\"beforeUpdate\"]");
        assertThat(stamp.path("source").path("file").asString()).endsWith("stamp.trigger.yml");
    }

    @Test
    void pagesThroughRuns() throws Exception {
        JsonNode newest = send(HttpMethod.GET, "runs?trigger=stamp&limit=1");
        JsonNode next = send(HttpMethod.GET,
                "runs?trigger=stamp&limit=1&cursor=" + newest.path("nextCursor").asString());

        assertThat(newest.path("items").path(0).path("record").asString()).isEqualTo(second.toString());
        assertThat(newest.path("items").path(0).path("status").asString()).isEqualTo("succeeded");
        assertThat(next.path("items").path(0).path("record").asString()).isEqualTo(first.toString());
        assertThat(next.path("nextCursor").isNull()).isTrue();
        assertThat(send(HttpMethod.GET, "runs?record=" + first).path("items").size()).isEqualTo(1);
    }

    @Test
    void showsAFailureAndReplaysIt() throws Exception {
        JsonNode failed = send(HttpMethod.GET, "runs?status=failed&object=tasks").path("items").path(0);

        assertThat(failed.path("trigger").asString()).isEqualTo("assign");
        assertThat(failed.path("error").asString()).contains("there is no user 'eve'");
        String id = failed.path("id").asString();
        assertThat(send(HttpMethod.POST, "runs/" + id + "/replay").path("attempts").asInt()).isEqualTo(2);
        UUID eve = server.user("eve", "eve@example.com");
        assertThat(send(HttpMethod.POST, "runs/" + id + "/replay").path("status").asString()).isEqualTo("succeeded");
        assertThat(server.all("tasks", "owner", eve.toString())).hasSize(1);
        assertThat(send(HttpMethod.GET, "runs/" + id).path("error").isNull()).isTrue();
        refused(TestingAutomation.system(), "/api/automation/runs/" + id + "/replay", HttpMethod.POST,
                RuntimeError.INVALID_REQUEST);
    }

    @Test
    void refusesOthersAndWhatIsNotThere() {
        Session somebody = TestingAutomation.session(UUID.randomUUID());
        refused(somebody, "/api/automation/runs", HttpMethod.GET, RuntimeError.PERMISSION_DENIED);
        refused(somebody, "/api/automation/triggers", HttpMethod.GET, RuntimeError.PERMISSION_DENIED);
        Session administrator = TestingAutomation.system();
        refused(administrator, "/api/automation/runs/" + UUID.randomUUID(), HttpMethod.GET,
                RuntimeError.RESOURCE_NOT_FOUND);
        refused(administrator, "/api/automation/runs/x", HttpMethod.GET, RuntimeError.RESOURCE_NOT_FOUND);
        refused(administrator, "/api/automation/runs?status=lost", HttpMethod.GET, RuntimeError.INVALID_REQUEST);
        refused(administrator, "/api/automation/runs?limit=0", HttpMethod.GET, RuntimeError.INVALID_REQUEST);
        refused(administrator, "/api/automation/triggers/x", HttpMethod.GET, RuntimeError.RESOURCE_NOT_FOUND);
    }

    private static void refused(Session session, String path, HttpMethod method, RuntimeError code) {
        assertThatThrownBy(() -> http(session).perform(MockMvcRequestBuilders.request(method, path))).rootCause()
                .isInstanceOfSatisfying(PlatformException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
