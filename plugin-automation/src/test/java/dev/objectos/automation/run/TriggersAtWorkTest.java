package dev.objectos.automation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.automation.TestingAutomation;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Triggers in a whole server over a real database. */
class TriggersAtWorkTest {

    @TempDir
    private static Path folder;

    private static TestingAutomation server;
    private static final List<UUID> POOL = new ArrayList<>();

    private static Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("tasks.object.yml", """
                name: tasks
                fields:
                  title: {type: text, max_length: 60}
                  kind: {type: text}
                  state: {type: select, options: [open, done, dropped]}
                  stamp: {type: text}
                  note: {type: text}
                  priority: {type: integer}
                  parent: {type: lookup, reference_to: tasks, on_delete: cascade}
                """);
        files.put("journal.object.yml", """
                name: journal
                fields: {about: {type: text}, text: {type: text}, who: {type: text}}
                """);
        files.put("before_insert.trigger.yml", """
                {object: tasks, event: beforeInsert, when: "record.kind == 'six'",
                 actions: [{type: update_field, field: stamp, value: "${'new ' + record.title}"}]}
                """);
        files.put("after_insert.trigger.yml", """
                {object: tasks, event: afterInsert, when: "record.kind == 'six'",
                 actions: [{type: update_field, field: note, value: "made: ${record.stamp}"},
                           {type: create_record, object: journal,
                            values: {about: "${record.title}", text: "made ${record.note}", who: "${currentUser.email}"}}]}
                """);
        files.put("before_update.trigger.yml", """
                {object: tasks, event: beforeUpdate, conditions: [{field: state, operator: changed_to, value: done}],
                 actions: [{type: update_field, field: stamp, value: "${previous.state + ' to ' + record.state}"}]}
                """);
        files.put("after_update.trigger.yml", """
                {object: tasks, event: afterUpdate, fields: [state], when: "record.kind == 'six'",
                 actions: [{type: create_record, object: journal,
                            values: {about: "${record.title}", text: "${previous.state + ' became ' + record.state}"}}]}
                """);
        files.put("before_delete.trigger.yml", """
                {object: tasks, event: beforeDelete, when: "record.kind == 'six'",
                 actions: [{type: create_record, object: journal, values: {about: "${record.title}", text: leaving}}]}
                """);
        files.put("after_delete.trigger.yml", """
                {object: tasks, event: afterDelete, when: "record.kind == 'six'",
                 actions: [{type: create_record, object: journal, values: {about: "${record.title}", text: "gone ${record.state}"}}]}
                """);
        files.put("turns.trigger.yml", """
                {object: tasks, event: afterInsert, when: "record.kind == 'turns'",
                 actions: [{type: update_field, field: owner,
                            value: {type: round_robin, pool: [turn1, turn2@example.com, turn3]}}]}
                """);
        files.put("strict.trigger.yml", """
                {object: tasks, event: beforeInsert, when: "record.kind == 'strict'",
                 actions: [{type: update_field, field: owner, value: nowhere}]}
                """);
        files.put("lenient.trigger.yml", """
                {object: tasks, event: afterInsert, when: "record.kind == 'lenient'",
                 actions: [{type: update_field, field: owner, value: nobody},
                           {type: create_record, object: journal, values: {about: lenient}}]}
                """);
        files.put("circle.trigger.yml", """
                {object: tasks, event: afterUpdate, when: "record.kind == 'circle'",
                 actions: [{type: update_records, values: {priority: "${record.priority + 1}"}}]}
                """);
        files.put("chain.trigger.yml", """
                {object: tasks, event: afterInsert, when: "record.kind == 'chain'",
                 actions: [{type: create_record, object: tasks, values: {kind: chain, title: "${record.title + '+'}"}}]}
                """);
        files.put("hook.trigger.yml", """
                {object: tasks, event: afterInsert, when: "record.kind == 'hook'",
                 actions: [{type: webhook, url: 'https://example.com'}]}
                """);
        files.put("cleanup.trigger.yml", """
                {object: tasks, event: afterUpdate, when: "record.kind == 'cleanup' && record.state == 'dropped'",
                 actions: [{type: delete_record, object: journal, where: {about: "${record.title}"}},
                           {type: notify, to: "${record.owner}", title: "Dropped ${record.title}"}]}
                """);
        files.put("data/tasks.data.yml", "[{_id: seed, kind: six, title: seeded}]");
        return files;
    }

    @BeforeAll
    static void start() {
        server = TestingAutomation.start(folder, "triggers_at_work", files(), "objectos.automation.depth", "4",
                "objectos.demo-data", "true");
        POOL.add(server.user("turn1", "turn1@example.com"));
        POOL.add(server.user("turn2", "turn2@example.com"));
        POOL.add(server.user("turn3", "turn3@example.com"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> journal(String about) {
        return server.all("journal", "about", about).stream().map(row -> row.path("text").asString()).sorted().toList();
    }

    private static void awaitJournal(String about, String... texts) {
        TestingAutomation.await(() -> journal(about).equals(List.of(texts)) ? true : null,
                () -> journal(about).toString());
    }

    @Test
    void allSixEventsAreHeard() {
        UUID ada = server.user("ada", "ada@example.com");
        var made = server.create("tasks", Map.of("kind", "six", "title", "six", "state", "open"),
                TestingAutomation.session(ada));

        JsonNode record = TestingAutomation.json(made);
        assertThat(record.path("stamp").asString()).isEqualTo("new six");
        assertThat(record.path("note").asString()).isEqualTo("made: new six");
        awaitJournal("six", "made made: new six");
        assertThat(server.all("journal", "about", "six").getFirst().path("who").asString())
                .isEqualTo("ada@example.com");
        JsonNode updated = TestingAutomation.json(server.update("tasks", made.id(), Map.of("state", "done")));
        assertThat(updated.path("stamp").asString()).isEqualTo("open to done");
        awaitJournal("six", "made made: new six", "open became done");
        server.update("tasks", made.id(), Map.of("title", "six!"));
        server.delete("tasks", made.id());
        awaitJournal("six!", "gone done", "leaving");
        assertThat(journal("six")).hasSize(2);
        assertThat(server.runs("before_update")).extracting(Run::status).containsOnly(Run.Status.SUCCEEDED);
        assertThat(server.run("after_delete", Run.Status.SUCCEEDED).attempts()).isEqualTo(1);
    }

    @Test
    void seedsSetNothingOff() {
        JsonNode seeded = server.all("tasks", "title", "seeded").getFirst();
        assertThat(seeded.path("stamp").isNull()).isTrue();
    }

    @Test
    void fiftyCreationsAtOnceAreSharedOutFairly() throws Exception {
        int each = 16;
        var owners = new ArrayList<Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < each * 3 + 2; i++) {
                owners.add(threads.submit(() -> TestingAutomation.json(server.create("tasks", Map.of("kind", "turns")))
                        .path("owner").asString()));
            }
        }
        var counts = new LinkedHashMap<String, Long>();
        for (Future<String> owner : owners) {
            counts.merge(owner.get(), 1L, Long::sum);
        }

        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(
                POOL.stream().map(UUID::toString).collect(Collectors.toList()));
        assertThat(counts.values()).containsExactlyInAnyOrder(17L, 17L, 16L);
    }

    @Test
    void aRefusedCreationTakesNoTurn() {
        List<String> owners = IntStream.range(0, 6).mapToObj(i -> {
            assertThatThrownBy(() -> server.create("tasks", Map.of("kind", "turns", "title", "x".repeat(61))))
                    .isInstanceOf(PlatformException.class);
            return TestingAutomation.json(server.create("tasks", Map.of("kind", "turns"))).path("owner").asString();
        }).toList();

        assertThat(owners.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(owners.subList(3, 6)).isEqualTo(owners.subList(0, 3));
    }

    @Test
    void aBeforeTriggerThatFailsRefusesTheChange() {
        assertThatThrownBy(() -> server.create("tasks", Map.of("kind", "strict", "title", "strict")))
                .isInstanceOfSatisfying(PlatformException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
                    assertThat(refusal.message()).isEqualTo("The trigger 'strict' cannot run: there is no user 'nowhere' "
                            + "(by id, user name or e-mail)");
                });

        assertThat(server.all("tasks", "title", "strict")).isEmpty();
        Run run = server.run("strict", Run.Status.FAILED);
        assertThat(run.error()).startsWith("the change was refused: there is no user 'nowhere'");
    }

    @Test
    void anAfterTriggerThatFailsIsShownAndLeavesTheChange() {
        var made = server.create("tasks", Map.of("kind", "lenient", "title", "lenient"));

        Run run = server.run("lenient", Run.Status.FAILED);
        assertThat(run.record()).isEqualTo(made.id());
        assertThat(run.error()).contains("there is no user 'nobody'");
        assertThat(run.ended()).isTrue();
        assertThat(server.all("journal", "about", "lenient")).isEmpty();
        server.user("nobody", "nobody@example.com");
        server.bean(RunReplay.class).replay(run);
        assertThat(server.run("lenient", Run.Status.SUCCEEDED).attempts()).isEqualTo(2);
        assertThat(server.all("journal", "about", "lenient")).hasSize(1);
        assertThat(server.all("tasks", "title", "lenient").getFirst().path("owner").asString())
                .isEqualTo(server.all("user", "username", "nobody").getFirst().path("id").asString());
    }

    @Test
    void aTriggerThatSetsItselfOffIsStopped() {
        UUID id = server.create("tasks", Map.of("kind", "circle", "title", "circle", "priority", 1)).id();
        server.update("tasks", id, Map.of("title", "circle!"));

        List<Run> runs = TestingAutomation.await(() -> {
            List<Run> found = server.runs("circle");
            return found.size() == 2 && found.get(0).status() == Run.Status.FAILED
                    && found.get(1).status() == Run.Status.SUCCEEDED ? found : null;
        }, () -> server.runs("circle").toString());

        assertThat(runs.getFirst().error()).isEqualTo(
                "stopped, because the trigger has set itself off again for the same record: circle → circle");
        assertThat(server.all("tasks", "title", "circle!").getFirst().path("priority").asInt()).isEqualTo(2);
    }

    @Test
    void aChainOfTriggersEnds() {
        server.create("tasks", Map.of("kind", "chain", "title", "c"));

        Run stopped = TestingAutomation.await(() -> server.runs("chain").stream()
                .filter(run -> run.status() == Run.Status.FAILED).findFirst().orElse(null),
                () -> server.runs("chain").toString());

        assertThat(stopped.error()).startsWith("stopped, because more than 4 triggers have set off each other");
        assertThat(stopped.chain()).hasSize(4);
        assertThat(server.all("tasks", "kind", "chain")).hasSize(5);
    }

    @Test
    void whatIsNotSupportedIsShownAsAFailure() {
        server.create("tasks", Map.of("kind", "hook"));

        assertThat(server.run("hook", Run.Status.FAILED).error()).contains("'webhook' is not supported yet");
    }

    @Test
    void recordsAreRemovedAndPeopleTold() {
        UUID owner = server.user("cleaner", "cleaner@example.com");
        server.create("journal", Map.of("about", "cleanup", "text", "one"));
        server.create("journal", Map.of("about", "cleanup", "text", "two"));
        UUID id = server.create("tasks",
                Map.of("kind", "cleanup", "title", "cleanup", "state", "open", "owner", owner.toString())).id();
        server.update("tasks", id, Map.of("state", "dropped"));

        server.run("cleanup", Run.Status.SUCCEEDED);
        assertThat(server.all("journal", "about", "cleanup")).isEmpty();
        assertThat(server.bean(dev.objectos.runtime.notification.Notifications.class)
                .page(null, null, null, 10, TestingAutomation.session(owner)).items()).singleElement()
                .satisfies(told -> assertThat(told.title()).isEqualTo("Dropped cleanup"));
    }

    @Test
    void whatHasBeenDoneIsNotDoneAgain() {
        server.create("tasks", Map.of("kind", "six", "title", "again", "state", "open"));
        awaitJournal("again", "made made: new again");
        Run run = TestingAutomation.await(
                () -> server.runs("after_insert").stream().filter(known -> known.status() == Run.Status.SUCCEEDED
                        && server.all("tasks", "title", "again").getFirst().path("id").asString()
                                .equals(known.record().toString()))
                        .findFirst().orElse(null),
                () -> server.runs("after_insert").toString());

        // As a crash leaves it that comes right after the record is made.
        server.bean(TestingRuns.class).forget(run.id());
        server.bean(RunExecutor.class).execute(run.id(), Session.system(Session.DEFAULT_TENANT, Origin.TRIGGER));

        assertThat(journal("again")).containsExactly("made made: new again");
        assertThat(server.bean(RunLog.class).get(Session.DEFAULT_TENANT, run.id()).orElseThrow().status())
                .isEqualTo(Run.Status.SUCCEEDED);
    }

    @Test
    void aBrokenTriggerIsNamedWithFileAndLineAndTheRestGoesOn() {
        Catalog published = server.publish("broken.trigger.yml", """
                name: broken
                object: tasks
                event: afterInsert
                actions:
                  - {type: update_field, field: titel, value: x}
                """);

        assertThat(published.errors()).singleElement().asString()
                .contains("broken.trigger.yml:5:").contains("tasks has no field 'titel' (did you mean 'title'?)");
        JsonNode record = TestingAutomation.json(server.create("tasks", Map.of("kind", "six", "title", "goes on")));
        assertThat(record.path("stamp").asString()).isEqualTo("new goes on");
    }

    @Test
    void aTriggerThatIsAddedLaterRuns() {
        server.publish("later.object.yml", "{name: later, fields: {title: {type: text}}}");
        server.publish("later.trigger.yml", """
                {object: later, event: afterInsert,
                 actions: [{type: create_record, object: journal, values: {about: later, text: "${record.title}"}}]}
                """);
        server.create("later", Map.of("title", "here"));

        awaitJournal("later", "here");
    }
}
