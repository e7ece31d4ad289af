package dev.objectos.runtime.metadata.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.query.Mutation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsBesideOthers
class MetadataPublisherTest {

    private static final String ACCOUNTS = "fields: {title: {type: text, required: true}}\n";
    private static final String TASKS = """
            fields:
              title: {type: text}
              account: {type: lookup, reference_to: accounts}
            """;

    private TestingApplication application;

    @BeforeEach
    void open() {
        application = new TestingApplication("metadata_publisher").file("accounts.object.yml", ACCOUNTS)
                .file("tasks.object.yml", TASKS);
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void publishesWhatTheFilesSayAndCountsTheVersions() {
        Catalog first = application.publish();
        assertThat(found(first)).isEmpty();
        assertThat(first.version()).isEqualTo(1);
        assertThat(application.current()).isSameAs(first);
        application.file("accounts.object.yml", "fields: {title: {type: text}, city: {type: text}}\n");
        Catalog second = application.publish();
        assertThat(second.version()).isEqualTo(2);
        create("accounts", Map.of("title", "Acme", "city", "Bonn"));
        assertThat(application.rows("accounts", "title", "city")).containsExactly("Acme Bonn");
        assertThat(first.object("accounts").orElseThrow().field("city")).isEmpty();
    }

    @Test
    void leavesAFileOutThatIsNoYamlAndSaysWhere() {
        application.file("broken.object.yml", "fields:\n  title: {type: text\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).singleElement().asString().startsWith("broken.object.yml:").contains("error");
        assertThat(catalog.object("broken")).isEmpty();
        assertThat(catalog.object("tasks")).isPresent();
    }

    @Test
    void leavesAFileOutWhoseExpressionIsWrongAndReportsThoseThatNeedIt() {
        application.file("accounts.object.yml", """
                fields:
                  title: {type: text}
                  shout: {type: formula, expression: "record.titel + '!'", return_type: text}
                """);
        Catalog catalog = application.publish();
        assertThat(found(catalog)).anySatisfy(line -> assertThat(line).startsWith("accounts.object.yml:3:")
                .contains("titel")).anySatisfy(line -> assertThat(line).startsWith("tasks.object.yml:3:")
                        .contains("accounts"));
        assertThat(catalog.object("accounts")).isEmpty();
    }

    @Test
    void servesTheLastGoodContentOfAFileThatWasBrokenLater() {
        application.publish();
        create("accounts", Map.of("title", "Acme"));
        application.file("accounts.object.yml", "fields: {title: {type: text}, sum: {type: formula, "
                + "expression: 'record.nothing + 1', return_type: number}}\n").file("tasks.object.yml", TASKS
                        + "  done: {type: boolean}\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).singleElement().asString().startsWith("accounts.object.yml:1:").contains("nothing");
        assertThat(catalog.object("accounts").orElseThrow().field("sum")).isEmpty();
        assertThat(catalog.object("tasks").orElseThrow().field("done")).isPresent();
        assertThat(application.rows("accounts", "title")).containsExactly("Acme");
    }

    @Test
    void doesNotReportFilesThatNeedABrokenOneWhileItsLastGoodContentServes() {
        application.publish();
        application.file("accounts.object.yml", "fields: [\n");
        Catalog catalog = application.publish();
        assertThat(catalog.object("tasks")).isPresent();
        assertThat(found(catalog)).isNotEmpty().allSatisfy(line -> assertThat(line).startsWith("accounts.object.yml:"));
    }

    @Test
    void keepsAGoodChangeBesideTheBadOneOfAFileThatItBuildsOn() {
        application.file("notes.object.yml",
                "fields: {text: {type: text}, task: {type: lookup, reference_to: tasks}}\n").publish();
        application.file("accounts.object.yml", "fields: [\n").file("tasks.object.yml",
                TASKS + "  done: {type: boolean}\n").file("notes.object.yml", """
                        fields:
                          text: {type: text}
                          task: {type: lookup, reference_to: tasks}
                          late: {type: formula, expression: "record.task.done", return_type: boolean}
                        """);
        Catalog catalog = application.publish();
        assertThat(found(catalog)).isNotEmpty().allSatisfy(line -> assertThat(line).startsWith("accounts.object.yml:"));
        assertThat(catalog.object("accounts").orElseThrow().field("title")).isPresent();
        assertThat(catalog.object("tasks").orElseThrow().field("done")).isPresent();
        assertThat(catalog.object("notes").orElseThrow().field("late")).isPresent();
    }

    @Test
    void takesBackEachOfSeveralFilesThatAreWrongByThemselves() {
        application.publish();
        application.file("accounts.object.yml", "fields: [\n").file("tasks.object.yml",
                TASKS + "  odd: {type: formula, expression: 'record.nothing', return_type: text}\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).anyMatch(line -> line.startsWith("accounts.object.yml:"))
                .anyMatch(line -> line.startsWith("tasks.object.yml:") && line.contains("nothing"));
        assertThat(catalog.object("accounts")).isPresent();
        assertThat(catalog.object("tasks").orElseThrow().field("odd")).isEmpty();
    }

    @Test
    void publishesAMendedFileAgain() {
        application.publish();
        application.file("accounts.object.yml", "fields: [\n");
        application.publish();
        application.file("accounts.object.yml", ACCOUNTS + "label: Customer\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).isEmpty();
        assertThat(catalog.version()).isEqualTo(3);
        assertThat(catalog.object("accounts").orElseThrow().label()).isEqualTo("Customer");
    }

    @Test
    void refusesAChangeThatWouldLoseValuesAndKeepsThem() {
        application.publish();
        create("accounts", Map.of("title", "Acme"));
        application.file("accounts.object.yml", "fields: {title: {type: integer}}\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).singleElement().asString().startsWith("accounts.object.yml:1:1: error:")
                .contains("mend the records first, or undo the change");
        assertThat(catalog.object("accounts").orElseThrow().field("title").orElseThrow().type().toString())
                .contains("Text");
        assertThat(application.rows("accounts", "title")).containsExactly("Acme");
    }

    @Test
    void takesBackTheFileThatAsksForWhatTheRecordsDoNotAllow() {
        application.file("rules.validation.yml", "object: accounts\nrules: []\n").publish();
        create("accounts", Map.of("title", "Acme"));
        create("accounts", Map.of("title", "Acme"));
        application.file("rules.validation.yml",
                "object: accounts\nrules: [{name: once, type: unique, fields: [title]}]\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).singleElement().asString().startsWith("rules.validation.yml:2:").contains("unique");
        assertThat(catalog.object("accounts").orElseThrow().indexes()).isEmpty();
    }

    @Test
    void leavesOutWhatIsAddedToAnObjectRatherThanTheObject() {
        application.file("more.object.yml", "name: accounts\nfields: {city: {type: text}}\n").publish();
        create("accounts", Map.of("title", "Acme", "city", "Bonn"));
        application.restart().file("more.object.yml", "name: accounts\nfields: {city: {type: integer}}\n");
        Catalog catalog = application.publish();
        assertThat(found(catalog)).singleElement().asString().startsWith("more.object.yml:2:").contains("lose data");
        assertThat(catalog.object("accounts").orElseThrow().field("title")).isPresent();
        assertThat(catalog.object("accounts").orElseThrow().field("city")).isEmpty();
    }

    @Test
    void keepsTheRecordsOfAnObjectWhoseFileIsGoneUntilItIsBack() {
        application.publish();
        create("accounts", Map.of("title", "Acme"));
        application.remove("accounts.object.yml").remove("tasks.object.yml");
        assertThat(application.publish().object("accounts")).isEmpty();
        application.file("accounts.object.yml", ACCOUNTS);
        assertThat(found(application.publish())).isEmpty();
        assertThat(application.rows("accounts", "title")).containsExactly("Acme");
    }

    private void create(String object, Map<String, Object> values) {
        application.records().create(new Mutation.Create(object, values), TestingApplication.SESSION);
    }

    private static List<String> found(Catalog catalog) {
        return catalog.violations().stream().map(Object::toString).toList();
    }
}
