package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.event.BusOptions;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.server.TestingHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that come and go over HTTP while the whole server runs. */
class AddedPluginsTests {

    @TempDir
    static Path home;

    static TestingHttp http;

    @BeforeAll
    static void start() {
        TestingPlugin.trust(home);
        http = RealServer.start(home, "added_plugins");
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @AfterEach
    void removeAll() {
        for (String id : List.of("acme-app", "acme-base")) {
            http.send("DELETE", "/api/plugins/" + id + "?drop=true", null);
        }
    }

    private static TestingPlugin base(String version) {
        return new TestingPlugin("acme-base", version, "").object("acme_points", "  amount: {type: number}\n");
    }

    private static Answer install(TestingPlugin plugin) {
        return http.upload("/api/plugins", "plugin.zip", plugin.signed());
    }

    private static int points() {
        return http.get("/api/data/acme_points").status();
    }

    @Test
    void servesWhatAPluginBringsUntilItIsDisabled() {
        assertThat(points()).isEqualTo(404);
        Answer installed = install(base("1.0.0").file("data/acme_points.data.yml",
                "- {_id: first, name: First, amount: 3}\n"));
        assertThat(installed.body()).contains("\"status\":\"enabled\"", "\"version\":\"1.0.0\"");
        assertThat(installed.status()).isEqualTo(201);
        assertThat(http.get("/api/data/acme_points").body()).contains("First");
        assertThat(http.post("/api/data/acme_points", "{\"name\":\"Second\"}").status()).isEqualTo(201);

        assertThat(http.post("/api/plugins/acme-base/disable", "{}").json()).containsEntry("status", "disabled");
        assertThat(points()).isEqualTo(404);
        assertThat(http.post("/api/plugins/acme-base/enable", "{}").json()).containsEntry("status", "enabled");
        for (String change : List.of("disable", "enable")) {
            Answer byClient = http.send("PATCH", "/api/plugins/acme-base/" + change, null);
            assertThat(byClient.json()).as("as the official client asks").containsEntry("status", change + "d");
        }
        assertThat(http.get("/api/data/acme_points").body()).contains("First", "Second");

        assertThat(http.send("DELETE", "/api/plugins/acme-base", null).status()).isEqualTo(200);
        assertThat(points()).isEqualTo(404);
        assertThat(http.get("/api/plugins/acme-base").status()).isEqualTo(404);
    }

    @Test
    void keepsTheRecordsOfARemovedPluginUnlessTheyAreDropped() {
        install(base("1.0.0"));
        http.post("/api/data/acme_points", "{\"name\":\"Kept\"}");
        http.send("DELETE", "/api/plugins/acme-base", null);
        install(base("1.0.0"));
        assertThat(http.get("/api/data/acme_points").body()).contains("Kept");
        http.send("DELETE", "/api/plugins/acme-base?drop=true", null);
        assertThat(install(base("1.0.0")).status()).isEqualTo(201);
        assertThat(http.get("/api/data/acme_points").body()).doesNotContain("Kept");
    }

    @Test
    void takesAnOlderVersionOnlyWhereThatIsSaid() {
        install(base("1.10.0"));
        Answer refused = install(base("1.9.0"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json()).containsEntry("code", "PLUGIN_CONFLICT").containsEntry("installedVersion", "1.10.0")
                .containsEntry("uploadedVersion", "1.9.0");
        assertThat(http.upload("/api/plugins?downgrade=true", "plugin.zip", base("1.9.0").signed()).body())
                .contains("\"version\":\"1.9.0\"");
    }

    @Test
    void secretsAreSetAndNeverReadAgain() {
        String secrets = "/api/plugins/acme-base/secrets";
        assertThat(http.get(secrets).status()).isEqualTo(404);
        install(new TestingPlugin("acme-base", "1.0.0", "permissions: {secrets: [ACME_KEY, ACME_URL]}\n"));
        assertThat(http.get(secrets).body()).isEqualTo(
                "{\"secrets\":[{\"name\":\"ACME_KEY\",\"set\":false},{\"name\":\"ACME_URL\",\"set\":false}]}");
        Answer set = http.send("PUT", secrets + "/ACME_KEY", "{\"value\":\"s3cret\"}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json()).containsEntry("set", true).containsKey("setAt");
        assertThat(set.body() + http.get(secrets).body() + http.get("/api/plugins/acme-base").body())
                .doesNotContain("s3cret");
        assertThat(http.send("PUT", secrets + "/OTHER", "{\"value\":\"x\"}").body()).contains("ACME_KEY, ACME_URL");
        assertThat(http.send("PUT", secrets + "/ACME_KEY", "{\"value\":\"\"}").status()).isEqualTo(400);
        assertThat(http.send("PUT", secrets + "/ACME_KEY", "{}").status()).isEqualTo(400);
        assertThat(http.send("PUT", secrets + "/ACME_KEY", "{\"value\":\"x\"}", "Authorization", "Bearer member")
                .status()).isEqualTo(403);
        assertThat(http.get(secrets, "Authorization", "Bearer member").status()).isEqualTo(403);
        assertThat(http.send("DELETE", secrets + "/ACME_KEY", null).json()).containsEntry("cleared", true);
        assertThat(http.get(secrets).body()).doesNotContain("\"set\":true");
    }

    @Test
    void whatIsPartOfTheServerIsSwitchedByASettingAlone() {
        Answer refused = http.post("/api/plugins/objectos-server/disable", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("objectos.plugins.objectos-server.enabled");
    }

    @Test
    void saysWhatRemovingWouldTouch() {
        install(base("1.0.0"));
        install(new TestingPlugin("acme-app", "1.0.0", "dependencies: {acme-base: ^1.0.0}\n")
                .file("objects/acme_points.object.yml", "name: acme_points\nfields:\n  colour: {type: text}\n"));
        http.post("/api/data/acme_points", "{\"name\":\"One\"}");
        Answer plan = http.send("DELETE", "/api/plugins/acme-base?plan=true", null);
        assertThat(plan.body()).contains("\"name\":\"acme_points\"", "\"rows\":1", "\"field\":\"colour\"",
                "\"dependents\":[\"acme-app\"]");
        assertThat(points()).isEqualTo(200);
    }

    @Test
    void refusesWhatCannotBeTrustedOrRead() {
        assertThat(http.upload("/api/plugins", "x.zip", base("1.0.0").unsigned()).json()).containsEntry("code",
                "UNTRUSTED_PLUGIN");
        assertThat(http.upload("/api/plugins", "x.zip", base("1.0.0").unsigned()).status()).isEqualTo(403);
        assertThat(http.upload("/api/plugins", "x.zip", "no zip".getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(400);
        assertThat(http.upload("/api/plugins", "x.zip",
                new TestingPlugin("Wrong Id", "1.0.0", "").unsigned()).status()).isIn(403, 422);
        assertThat(http.upload("/api/plugins", "x.zip",
                base("1.0.0").file("org/springframework/Mine.class", "x").unsigned()).status()).isEqualTo(422);
        assertThat(http.upload("/api/plugins", "x.zip", new byte[(64 << 20) + 1]).status()).isEqualTo(413);
        assertThat(http.post("/api/plugins", "{}").status()).isEqualTo(415);
        assertThat(http.send("POST", "/api/plugins", "--x--\r\n", "Content-Type", "multipart/form-data; boundary=x")
                .status()).isEqualTo(400);
        assertThat(points()).isEqualTo(404);
    }

    @Test
    void letsPlatformAdministratorsAloneChangePlugins() {
        String[] member = {"Authorization", "Bearer member"};
        assertThat(http.upload("/api/plugins", "x.zip", base("1.0.0").signed(), member).status()).isEqualTo(403);
        install(base("1.0.0"));
        assertThat(http.send("POST", "/api/plugins/acme-base/disable", null, member).status()).isEqualTo(403);
        assertThat(http.send("DELETE", "/api/plugins/acme-base", null, member).status()).isEqualTo(403);
        assertThat(http.send("DELETE", "/api/plugins/acme-base?plan=true", null, member).status()).isEqualTo(403);
        assertThat(points()).isEqualTo(200);
    }

    @Test
    void changesNothingWhereTheMetadataIsWrong() {
        install(base("1.0.0"));
        Answer refused = install(base("1.1.0").object("acme_broken", "  amount: {type: nonsense}\n"));
        assertThat(refused.json()).containsEntry("code", "INVALID_METADATA");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("nonsense");
        assertThat(http.get("/api/plugins/acme-base").body()).contains("\"version\":\"1.0.0\"", "enabled");
        assertThat(points()).isEqualTo(200);
    }

    @Test
    void refusesABuiltInPluginAndOneWithoutWhatItNeeds() {
        assertThat(http.send("POST", "/api/plugins/objectos-server/disable", null).status()).isEqualTo(409);
        Answer refused = install(new TestingPlugin("acme-app", "1.0.0", "dependencies: {acme-base: ^1.0.0}\n"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("acme-app", "acme-base", "not installed");
        assertThat(http.get("/api/plugins/acme-app").status()).isEqualTo(404);
    }

    @Test
    void disablesNothingThatOthersNeedUnlessTheyGoToo() {
        install(base("1.0.0"));
        install(new TestingPlugin("acme-app", "1.0.0", "dependencies: {acme-base: ^1.0.0}\n").object("acme_orders",
                "  points: {type: lookup, reference_to: acme_points}\n"));
        Answer refused = http.send("POST", "/api/plugins/acme-base/disable", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json()).containsEntry("dependents", List.of("acme-app"));
        assertThat(http.get("/api/data/acme_orders").status()).isEqualTo(200);
        assertThat(install(base("2.0.0")).status()).isEqualTo(409);

        Answer all = http.send("POST", "/api/plugins/acme-base/disable?cascade=true", null);
        assertThat(all.json()).containsEntry("disabled", List.of("acme-app", "acme-base"));
        Answer early = http.send("POST", "/api/plugins/acme-app/enable", null);
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.body()).contains("acme-base, which does not run: it is disabled");
        assertThat(http.get("/api/plugins/acme-app").body()).contains("\"status\":\"disabled\"");
        assertThat(http.get("/api/data/acme_orders").status()).isEqualTo(404);
    }

    @Test
    void waitsForTheApprovalOfWhatAPluginAsksFor() {
        var asking = new TestingPlugin("acme-base", "1.0.0",
                "permissions: {network: [api.acme.example], objects: {user: [read]}}\n").object("acme_points", "");
        Answer installed = install(asking);
        assertThat(installed.status()).isEqualTo(201);
        assertThat(installed.json()).containsEntry("status", "awaiting_approval").containsEntry("enabled", false);
        assertThat(installed.body()).contains("\"asked\":{\"network\":[\"api.acme.example\"]", "\"reason\":");
        assertThat(points()).isEqualTo(404);

        String approve = "/api/plugins/acme-base/approve";
        assertThat(http.post(approve, "{}", "Authorization", "Bearer member").status()).isEqualTo(403);
        assertThat(http.post(approve, "{\"version\":\"2.0.0\"}").status()).isEqualTo(409);
        assertThat(http.post(approve, "{\"version\":2}").status()).isEqualTo(400);
        assertThat(http.post("/api/plugins/acme-absent/approve", "{}").status()).isEqualTo(404);
        Answer approved = http.post(approve, "{}");
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.json()).containsEntry("status", "enabled").containsEntry("id", "acme-base");
        assertThat(approved.body()).contains("\"approved\":{\"network\":[\"api.acme.example\"]",
                "\"approvedVersion\":\"1.0.0\"", "\"approvedBy\":\"", "\"approvedAt\":\"");
        assertThat(points()).isEqualTo(200);

        Answer held = install(new TestingPlugin("acme-base", "1.1.0",
                "permissions: {network: [api.acme.example, other.example]}\n").object("acme_points", ""));
        assertThat(held.body()).contains("\"version\":\"1.0.0\"", "\"pending\":{", "other.example");
        assertThat(http.send("POST", approve, null).body()).contains("\"version\":\"1.1.0\"")
                .doesNotContain("pending");
    }

    @Test
    void saysWhatCanBeSwitchedAndWhyTheRestCannot() {
        install(base("1.0.0"));
        Map<String, Object> answer = http.get("/api/plugins").json();
        assertThat(rows(answer, "plugins")).anySatisfy(row -> assertThat(row).containsEntry("id", "acme-base")
                .containsEntry("switchable", true).containsEntry("ring", "user").doesNotContainKey("fixed"));
        assertThat(rows(answer, "plugins")).anySatisfy(row -> {
            assertThat(row).containsEntry("id", "objectos-server").containsEntry("switchable", false)
                    .containsEntry("ring", "system");
            assertThat(row.get("fixed")).asString().contains("comes with the server");
        });
        assertThat(rows(answer, "capabilities")).anySatisfy(
                row -> assertThat(row).containsEntry("id", "runtime.events").containsEntry("switchable", true)
                        .containsEntry("setting", "objectos.events.enabled"));
        assertThat(rows(answer, "capabilities"))
                .allSatisfy(row -> assertThat(row.get("switchable")).isEqualTo(!row.containsKey("fixed")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> answer, String key) {
        return (List<Map<String, Object>>) answer.get(key);
    }

    @Test
    void tellsTheBusOfEachStep() throws InterruptedException {
        var heard = new LinkedBlockingQueue<String>();
        try (var _ = http.bean(EventBus.class).subscribe("plugin.*", BusOptions.DEFAULT,
                event -> heard.add(event.name()))) {
            install(base("1.0.0"));
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("plugin.installed");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("plugin.loaded");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("plugin.enabled");
            http.send("DELETE", "/api/plugins/acme-base", null);
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("plugin.disabled");
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("plugin.uninstalled");
        }
    }

    @Test
    void comesBackAfterARestartAsItWas(@TempDir Path other) throws Exception {
        TestingPlugin.trust(other);
        DatabaseProperties database = TestingDatabase.empty("added_plugins_restart");
        Files.createDirectories(other.resolve("plugins"));
        Files.write(other.resolve("plugins/found.zip"),
                new TestingPlugin("acme-found", "1.0.0", "").object("acme_found", "").signed());
        Files.writeString(other.resolve("plugins/broken.zip"), "no zip");
        try (TestingHttp first = RealServer.start(other, database, Map.of())) {
            assertThat(first.get("/api/data/acme_found").status()).isEqualTo(200);
            assertThat(first.upload("/api/plugins", "x.zip", base("1.0.0").signed()).status()).isEqualTo(201);
            first.post("/api/data/acme_points", "{\"name\":\"Kept\"}");
            assertThat(first.send("POST", "/api/plugins/acme-found/disable", null).status()).isEqualTo(200);
        }
        try (TestingHttp second = RealServer.start(other, database, Map.of())) {
            assertThat(second.get("/api/data/acme_points").body()).contains("Kept");
            assertThat(second.get("/api/data/acme_found").status()).isEqualTo(404);
            second.send("DELETE", "/api/plugins/acme-found", null);
        }
        try (TestingHttp safe = RealServer.start(other, database, Map.of("objectos.safe", "true"))) {
            assertThat(safe.get("/api/data/acme_points").status()).isEqualTo(404);
            assertThat(safe.send("POST", "/api/plugins/acme-base/enable", null).status()).isEqualTo(503);
        }
        Files.delete(other.resolve("trust/acme.yml"));
        try (TestingHttp untrusting = RealServer.start(other, database, Map.of())) {
            assertThat(untrusting.get("/api/plugins/acme-base").body()).contains("\"status\":\"failed\"",
                    "unknown key");
            assertThat(untrusting.send("POST", "/api/plugins/acme-base/enable", null).status()).isEqualTo(403);
            assertThat(untrusting.get("/api/plugins/acme-base").body()).contains("\"status\":\"failed\"");
            TestingPlugin.trust(other);
            assertThat(untrusting.send("POST", "/api/plugins/acme-base/enable", null).status()).isEqualTo(200);
            assertThat(untrusting.get("/api/data/acme_points").body()).contains("Kept");
            assertThat(untrusting.get("/api/plugins/acme-found").status()).isEqualTo(404);
        }
    }
}
