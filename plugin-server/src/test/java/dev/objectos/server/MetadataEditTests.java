package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.plugin.command.MetadataCommand;
import dev.objectos.server.TestingHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata that is edited over HTTP while the whole server runs. */
class MetadataEditTests {

    private static final String YAML = "application/yaml";

    @TempDir
    static Path home;

    static TestingHttp http;

    @BeforeAll
    static void start() {
        http = RealServer.start(home, "metadata_edit");
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static Answer put(String item, String yaml, String... headers) {
        var all = new ArrayList<>(List.of("Content-Type", YAML));
        all.addAll(List.of(headers));
        return http.send("PUT", "/api/metadata/" + item, yaml, all.toArray(String[]::new));
    }

    private static Answer delete(String item) {
        return http.send("DELETE", "/api/metadata/" + item, null);
    }

    private static List<?> list(Answer answer, String member) {
        return (List<?>) Objects.requireNonNull(answer.json().get(member), answer.body());
    }

    @Test
    void makesAnObjectAndChangesItWhileItServes() {
        Answer made = put("object/rooms", "label: Room\nfields:\n  name: {type: text, required: true}\n");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.json()).containsEntry("success", true).containsEntry("version", 1)
                .containsEntry("state", "published");
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(list(made, "plan").toString()).contains("create rooms");
        assertThat(http.post("/api/data/rooms", "{\"name\":\"Attic\"}").status()).isEqualTo(201);

        Answer read = http.get("/api/metadata/object/rooms");
        assertThat(read.json()).containsEntry("version", 1).containsEntry("source", "edited");
        String etag = Objects.requireNonNull(read.header("ETag"));
        String more = "label: Room\nfields:\n  name: {type: text, required: true}\n  seats: {type: integer}\n";
        Answer changed = put("object/rooms", more, "If-Match", etag);
        assertThat(changed.json()).containsEntry("version", 2);
        assertThat(list(changed, "plan").toString()).contains("add column seats");
        assertThat(http.get("/api/data/rooms?seats=3").status()).isEqualTo(200);

        Answer stale = put("object/rooms", more, "If-Match", etag);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json()).containsEntry("code", "CONCURRENT_UPDATE").containsEntry("currentVersion", 2);
        Answer history = http.get("/api/metadata/object/rooms/history");
        assertThat(list(history, "events")).hasSize(2).first().asString().contains("version=1", "op=create", "Ada");
        Object seq = ((Map<?, ?>) list(history, "events").getFirst()).get("seq");
        assertThat(list(http.get("/api/metadata/object/rooms/history?sinceSeq=0&limit=1"), "events").toString())
                .as("what comes next").contains("version=1").doesNotContain("version=2");
        assertThat(list(http.get("/api/metadata/object/rooms/history?limit=1&sinceSeq=" + seq), "events").toString())
                .contains("version=2");
        assertThat(list(http.get("/api/metadata/object/rooms/history?limit=1"), "events").toString())
                .as("the latest").contains("version=2").doesNotContain("version=1");
        assertThat(http.get("/api/metadata/object").body()).contains("\"rooms\":{\"version\":2,\"source\":\"edited\"}");
    }

    @Test
    void takesBackWhatAnAnswerShowed() {
        for (String object : List.of("contacts", "accounts", "staff")) {
            String shown = http.get("/api/metadata/object/" + object).body();
            Answer saved = http.send("PUT", "/api/metadata/object/" + object + "?dryRun=true", shown);
            assertThat(saved.status()).as(saved.body()).isEqualTo(200);
            assertThat(list(saved, "plan")).as(object).isEmpty();
            assertThat(saved.json()).as(saved.body()).doesNotContainKey("violations").containsEntry("dryRun", true);
        }
        Answer yaml = http.get("/api/metadata/object/staff", "Accept", YAML);
        assertThat(yaml.body()).startsWith("name: staff\nlabel: Staff member\n").doesNotContain("operations",
                "created_at");
        assertThat(list(put("object/staff?dryRun=true", yaml.body()), "plan")).isEmpty();
        assertThat(http.get("/api/metadata/object/contacts").json()).containsEntry("version", 0)
                .containsEntry("source", "metadata");
    }

    @Test
    void refusesWhatIsWrongWithEveryViolationAndItsPlace() {
        Answer refused = put("object/broken",
                "fields:\n  a: {type: intger}\n  b: {type: lookup, reference_to: nothing}\n");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json()).containsEntry("code", "INVALID_METADATA");
        assertThat(list(refused, "violations")).hasSizeGreaterThanOrEqualTo(1).first().asString().contains("line=2",
                "column=", "intger");
        assertThat(http.get("/api/metadata/object/broken").status()).isEqualTo(404);
        assertThat(put("object/broken", "fields: [").status()).isEqualTo(422);
        assertThat(put("nothing/broken", "a: 1").status()).isEqualTo(404);
        assertThat(put("object/broken", "name: other\n").status()).isEqualTo(400);
        assertThat(http.send("PUT", "/api/metadata/object/broken", "x", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(put("object/broken", "fields: {}", "Authorization", "Bearer owner").status()).isEqualTo(403);
    }

    @Test
    void losesNothingUnlessItIsForcedTo() {
        put("object/crates", "fields:\n  name: {type: text}\n  colour: {type: text}\n");
        http.post("/api/data/crates", "{\"name\":\"One\",\"colour\":\"red\"}");
        Answer refused = put("object/crates", "fields:\n  name: {type: text}\n");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json()).containsEntry("code", "DESTRUCTIVE_CHANGE");
        assertThat(list(refused, "losses")).singleElement().asString().contains("field=colour", "rows=1");
        assertThat(http.get("/api/data/crates?colour=red").body()).contains("One");
        Answer renamed = put("object/crates", "fields:\n  name: {type: text}\n  shade: {type: text, id: colour}\n");
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
        assertThat(http.get("/api/data/crates?shade=red").body()).contains("One");
        Answer forced = put("object/crates?force=true", "fields:\n  name: {type: text}\n");
        assertThat(forced.status()).as(forced.body()).isEqualTo(200);
        assertThat(http.get("/api/data/crates?shade=red").status()).isEqualTo(400);
        assertThat(delete("object/crates").status()).isEqualTo(409);
        assertThat(delete("object/crates?force=true").status()).isEqualTo(200);
        assertThat(http.get("/api/data/crates").status()).isEqualTo(404);
    }

    @Test
    void keepsADraftAsideUntilItIsPublished() {
        Answer draft = put("object/notes_kept?mode=draft", "fields:\n  text: {type: text}\n");
        assertThat(draft.json()).containsEntry("state", "draft").containsEntry("version", 1);
        assertThat(http.get("/api/metadata/object/notes_kept").status()).isEqualTo(404);
        assertThat(http.get("/api/metadata/object/notes_kept?mode=draft").json()).containsEntry("version", 1)
                .containsEntry("state", "draft");
        assertThat(http.get("/api/metadata/_drafts").body()).contains("notes_kept");
        assertThat(http.get("/api/metadata/object/notes_kept?mode=draft", "Accept", YAML).body())
                .isEqualTo("fields:\n  text: {type: text}\n");
        Answer published = http.post("/api/metadata/object/notes_kept/publish", "{\"message\":\"at last\"}");
        assertThat(published.json()).containsEntry("state", "published").containsEntry("version", 1);
        assertThat(http.get("/api/data/notes_kept").status()).isEqualTo(200);
        assertThat(http.post("/api/metadata/object/notes_kept/publish", "{}").status()).isEqualTo(404);

        put("object/notes_kept?mode=draft", "fields:\n  text: {type: text}\n  more: {type: text}\n");
        put("object/notes_kept", "fields:\n  text: {type: text}\n  other: {type: text}\n");
        Answer late = http.post("/api/metadata/object/notes_kept/publish", "{}");
        assertThat(late.json()).containsEntry("code", "CONCURRENT_UPDATE").containsEntry("currentVersion", 3);
        assertThat(delete("object/notes_kept?state=draft").status()).isEqualTo(200);
        assertThat(http.get("/api/metadata/object/notes_kept?mode=draft").status()).isEqualTo(404);
    }

    @Test
    void comparesVersionsAndGoesBack() {
        put("object/boxes", "label: Box\nfields:\n  name: {type: text, label: Name}\n");
        put("object/boxes", "label: Box\nfields:\n  name: {type: text, label: Title}\n  size: {type: integer}\n");
        Map<String, Object> diff = http.get("/api/metadata/object/boxes/diff").json();
        assertThat(diff).containsEntry("fromVersion", 1).containsEntry("toVersion", 2);
        assertThat(diff.get("changed")).asString().contains("path=fields.name.label", "from=Name", "to=Title");
        assertThat(diff.get("added")).asString().contains("path=fields.size");
        Answer back = http.post("/api/metadata/object/boxes/rollback", "{\"toVersion\":1}");
        assertThat(back.json()).containsEntry("version", 3).containsEntry("restoredFromVersion", 1);
        assertThat(http.get("/api/data/boxes?size=1").status()).isEqualTo(400);
        assertThat(http.post("/api/metadata/object/boxes/rollback", "{\"toVersion\":9}").status()).isEqualTo(404);
    }

    @Test
    void bringsBackWhatAFolderSaysOnceAnOverrideIsDeleted() {
        String label = String.valueOf(http.get("/api/metadata/staff").json().get("label"));
        Answer added = put("object/staff", "extends: staff\nlabel: Crew\nfields:\n  badge: {type: text}\n");
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(http.get("/api/metadata/staff").body()).contains("\"label\":\"Crew\"", "\"badge\"");
        assertThat(delete("object/staff").json()).containsEntry("state", "deleted").containsEntry("reset", true);
        assertThat(http.get("/api/metadata/staff").json()).containsEntry("label", label);
        assertThat(http.get("/api/metadata/object/staff").json()).containsEntry("version", 0);
        Answer folders = delete("object/accounts");
        assertThat(folders.status()).isEqualTo(409);
        assertThat(folders.json()).containsEntry("code", "DELETE_RESTRICTED");
    }

    @Test
    void refusesToDeleteWhatIsNamedElsewhere() {
        put("object/shelves", "fields:\n  name: {type: text}\n");
        put("object/books", "fields:\n  title: {type: text}\n  shelf: {type: lookup, reference_to: shelves}\n"
                + "  place: {type: formula, expression: 'record.shelf.name', return_type: text}\n");
        put("view/all_books", "name: all_books\nobject: books\ncolumns: [title, shelf]\n");
        assertThat(http.get("/api/metadata/object/shelves/references").body()).contains("\"name\":\"books\"",
                "\"path\":\"fields.shelf\"", "\"kind\":\"lookup\"");
        assertThat(http.get("/api/metadata/object/shelves/references?field=name").body()).contains(
                "\"path\":\"fields.place.expression\"");
        assertThat(http.get("/api/metadata/object/books/references?field=title").body()).contains("all_books");
        Answer refused = delete("object/shelves");
        assertThat(refused.json()).containsEntry("code", "DELETE_RESTRICTED");
        assertThat(list(refused, "references")).isNotEmpty();
        assertThat(delete("view/all_books").status()).isEqualTo(200);
        assertThat(delete("object/books").status()).isEqualTo(200);
        assertThat(delete("object/shelves").status()).isEqualTo(200);
        assertThat(delete("object/shelves").status()).isEqualTo(404);
    }

    @Test
    void publishesFilesTogether() {
        String files = """
                {"files": {"objects/parents.object.yml": "fields:\\n  name: {type: text}\\n  children: {type: summary, summary: {object: offspring, function: count}}\\n",
                "objects/offspring.object.yml": "fields:\\n  parent: {type: lookup, reference_to: parents}\\n"}%s}""";
        Answer planned = http.post("/api/metadata/_edited", files.formatted(",\"dryRun\":true"));
        assertThat(planned.status()).as(planned.body()).isEqualTo(200);
        assertThat(list(planned, "plan").toString()).contains("create parents", "create offspring");
        assertThat(http.get("/api/data/parents").status()).isEqualTo(404);
        assertThat(list(http.post("/api/metadata/_edited", files.formatted("")), "items")).hasSize(2);
        assertThat(http.get("/api/data/parents").status()).isEqualTo(200);
        assertThat(list(http.post("/api/metadata/_edited", files.formatted("")), "items")).isEmpty();
        assertThat(http.get("/api/metadata/_edited").body()).contains("objects/offspring.object.yml");
    }

    @Test
    void failsNoRequestWhileMetadataIsPublished() {
        put("object/busy", "fields:\n  name: {type: text}\n  colour: {type: text}\n  spare: {type: text}\n");
        try (var clients = new BusyClients(http, "busy")) {
            for (int round = 1; round <= 3; round++) {
                for (String fields : List.of("colour: {type: text}\n  more: {type: integer, index: true}",
                        "shade: {type: text, id: colour, max_length: 40}",
                        "colour: {type: text}\n  spare: {type: text}")) {
                    Answer saved = put("object/busy?force=true",
                            "fields:\n  name: {type: text}\n  " + fields + "\n");
                    assertThat(saved.status()).as(saved.body()).isEqualTo(200);
                }
                assertThat(put("object/swarm_" + round, "fields:\n  bee: {type: lookup, reference_to: busy}\n")
                        .status()).isEqualTo(200);
            }
            clients.close();
            assertThat(clients.failures()).isEmpty();
            assertThat(clients.served()).isGreaterThan(50);
        }
    }

    private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();

    private static int command(String... arguments) {
        SAID.reset();
        var out = new PrintStream(SAID, true, StandardCharsets.UTF_8);
        return new MetadataCommand(home, Map.of("OBJECTOS_TOKEN", "test"), out, out).run(List.of(arguments));
    }

    private static String said() {
        return SAID.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keepsWhatIsEditedInAFolderOfFiles(@TempDir Path folder) throws IOException {
        put("object/jars", "fields:\n  name: {type: text}\n");
        String dir = folder.resolve("repository").toString();
        assertThat(command("export", dir)).as(said()).isZero();
        Path file = folder.resolve("repository/objects/jars.object.yml");
        assertThat(file).hasContent("fields:\n  name: {type: text}\n");
        assertThat(command("export", dir)).isZero();
        assertThat(said()).contains(" 0 new or changed, 0 deleted.");
        assertThat(command("plan", dir)).as(said()).isZero();
        assertThat(said()).startsWith("Nothing to do");

        Files.writeString(file, "fields:\n  name: {type: text}\n  size: {type: integer}\n");
        assertThat(command("plan", dir)).as(said()).isZero();
        assertThat(said()).contains("~ object/jars  version 2", "Would add column size (bigint) to jars");
        assertThat(command("apply", dir)).as(said()).isZero();
        assertThat(http.post("/api/data/jars", "{\"name\":\"One\",\"size\":3}").status()).isEqualTo(201);

        Files.writeString(file, "fields:\n  name: {type: text}\n");
        assertThat(command("plan", dir)).isEqualTo(2);
        assertThat(said()).contains("Lost: jars.size", "(1 record)");
        assertThat(command("apply", dir)).isEqualTo(2);
        assertThat(said()).contains("DESTRUCTIVE_CHANGE");
        assertThat(command("apply", dir, "--force")).as(said()).isZero();

        Files.writeString(file, "fields:\n  name: {type: txt}\n");
        assertThat(command("apply", dir)).isEqualTo(2);
        assertThat(said()).contains("jars.object.yml:2", "txt");
        put("object/lids", "fields:\n  jar: {type: lookup, reference_to: jars}\n");
        assertThat(command("export", dir, "--prune")).isZero();
        Files.delete(folder.resolve("repository/objects/lids.object.yml"));
        assertThat(command("apply", dir, "--prune")).as(said()).isZero();
        assertThat(said()).contains("- object/lids");
        assertThat(http.get("/api/data/lids").status()).isEqualTo(404);
        assertThat(command("plan", dir + "/none")).isEqualTo(2);
        assertThat(command("sing", dir)).isEqualTo(2);
    }

    @Test
    void givesATenantFieldsOfItsOwn() {
        String[] neighbour = {"Authorization", "Bearer neighbour"};
        put("object/tools", "fields:\n  name: {type: text}\n");
        Answer added = put("object/tools?scope=tenant", """
                fields:
                  grip: {type: text, required: true, label: Grip of ours}
                  weight: {type: integer, default: 7, index: true}
                  maker: {type: lookup, reference_to: accounts}
                  heavy: {type: formula, expression: "record.weight > 5", return_type: boolean}
                """, "Authorization", "Bearer owner");
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(added.json()).containsEntry("scope", "tenant").containsEntry("version", 1);

        assertThat(http.post("/api/data/tools", "{\"name\":\"Saw\"}").body()).contains("\"field\":\"grip\"");
        Answer made = http.post("/api/data/tools", "{\"name\":\"Saw\",\"grip\":\"oak\"}");
        assertThat(made.body()).contains("\"grip\":\"oak\"", "\"weight\":7", "\"heavy\":true");
        assertThat(http.get("/api/metadata/tools").body()).contains("Grip of ours");
        assertThat(http.get("/api/openapi.json").body()).contains("Grip of ours");

        assertThat(http.get("/api/data/accounts?expand=tools_by_maker").status()).isEqualTo(200);
        String unknown = http.get("/api/data/accounts?expand=tools_by_other", neighbour).body();
        assertThat(http.get("/api/data/accounts?expand=tools_by_maker", neighbour).body().replace("maker", "other")
                .replaceAll("requestId.*", "")).isEqualTo(unknown.replaceAll("requestId.*", ""));
        assertThat(put("object/tools?scope=tenant", "fields: {m: {type: lookup, reference_to: accounts, on_delete: "
                + "cascade}, n: {type: text, searchable: true}, o: {type: autonumber, format: 'A-{0}'}}\n").body())
                .contains("set_null or restrict", "search index is common", "autonumber cannot be added");
        Answer theirs = http.post("/api/data/tools", "{\"name\":\"Axe\"}", neighbour);
        assertThat(theirs.status()).as(theirs.body()).isEqualTo(201);
        assertThat(theirs.body()).doesNotContain("grip", "weight", "heavy");
        assertThat(http.get("/api/data/tools?grip=oak", neighbour).status()).isEqualTo(400);
        assertThat(http.get("/api/data/tools?nothing=oak", neighbour).status()).isEqualTo(400);
        assertThat(http.post("/api/data/tools", "{\"name\":\"Axe\",\"weight\":1}", neighbour).json())
                .containsEntry("code", "INVALID_FIELD");
        for (String path : List.of("/api/metadata/tools", "/api/metadata/object/tools", "/api/metadata/object",
                "/api/openapi.json")) {
            assertThat(http.get(path, neighbour).body()).as(path).doesNotContain("grip", "heavy");
        }
        assertThat(http.get("/api/metadata/object/tools?scope=tenant", neighbour).status()).isEqualTo(404);

        Answer taken = put("object/tools?scope=tenant", "fields:\n  grip: {type: text}\n", neighbour);
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.body()).contains("is taken");
        Answer global = put("object/tools?scope=tenant", "label: Ours\nfields: {}\n");
        assertThat(global.body()).contains("does not change its 'label'");
        assertThat(put("object/nothing_there?scope=tenant", "fields: {a: {type: text}}\n").status()).isEqualTo(422);
        assertThat(put("view/mine?scope=tenant", "name: mine\n").status()).isEqualTo(400);
        assertThat(put("object/tools?scope=tenant", "fields: {}\n", "Authorization", "Bearer member").status())
                .isEqualTo(403);

        Answer lost = delete("object/tools?scope=tenant");
        assertThat(lost.json()).containsEntry("code", "DESTRUCTIVE_CHANGE");
        assertThat(delete("object/tools?scope=tenant&force=true").status()).isEqualTo(200);
        assertThat(put("object/tools?scope=tenant", "fields:\n  grip: {type: integer}\n", neighbour).status())
                .isEqualTo(200);
        assertThat(http.get("/api/metadata/tools").body()).doesNotContain("grip");
        assertThat(http.get("/api/data/tools").body()).contains("Saw").doesNotContain("oak");
    }

    @Test
    void speaksTheLanguageThatIsAskedForAndSavesTheWordsThatWereWritten() {
        put("object/chairs",
                "label: Chair\nfields:\n  seat: {type: select, label: Seat, options: [{value: a, label: Soft}]}\n");
        put("translation/pt-BR",
                "chairs:\n  label: Cadeira\n  fields: {seat: Assento}\n  options: {seat: {a: Macio}}\n");
        String[] portuguese = {"Accept-Language", "pt;q=0.9, en;q=0.5"};
        Answer read = http.get("/api/metadata/object/chairs", portuguese);
        assertThat(read.body()).contains("Cadeira", "Assento", "Macio").doesNotContain("\"Chair\"");
        assertThat(read.header("Content-Language")).isEqualTo("pt-BR");
        assertThat(read.header("Vary")).contains("Accept-Language");
        assertThat(http.get("/api/metadata/chairs", "Accept-Language", "en, pt").body()).contains("\"Chair\"");
        assertThat(http.get("/api/metadata/chairs", "Accept-Language", "*").body()).contains("\"Chair\"");
        assertThat(http.get("/api/metadata/chairs", "Accept-Language", ";;q=x").body()).contains("\"Chair\"");

        Answer saved = http.send("PUT", "/api/metadata/object/chairs", read.body().replace("Macio", "Fofo"),
                portuguese);
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(http.get("/api/metadata/chairs").body()).contains("\"Chair\"", "\"Seat\"", "Fofo")
                .doesNotContain("Assento");
        delete("translation/pt-BR");
    }
}
