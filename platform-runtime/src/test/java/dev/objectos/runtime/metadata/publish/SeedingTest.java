package dev.objectos.runtime.metadata.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Page;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsBesideOthers
class SeedingTest {

    private TestingApplication application;

    @BeforeEach
    void open() {
        application = new TestingApplication("seeding").pluginFile("objects/teams.object.yml", """
                fields:
                  code: {type: text, unique: true}
                  title: {type: text, required: true}
                  stage: {type: select, options: [new, old]}
                  parent: {type: lookup, reference_to: teams}
                  leader: {type: lookup, reference_to: people}
                  keeper: {type: lookup, reference_to: users}
                """).pluginFile("objects/people.object.yml", """
                fields:
                  title: {type: text, required: true}
                  team: {type: lookup, reference_to: teams, required: true}
                  friends: {type: lookup, reference_to: people, multiple: true}
                """);
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void loadsEachRecordOnce() {
        application.pluginFile("data/teams.data.yml", "[{title: Blue}, {title: Red}]\n").started().started();
        assertThat(application.rows("teams", "title")).containsExactly("Blue", "Red");
    }

    @Test
    void loadsRecordsWithoutKeysFromSeveralFilesOfOneObject() {
        application.pluginFile("data/teams.data.yml", "[{title: Blue}, {title: Red}]\n")
                .pluginFile("data/more/teams.data.yml", "[{title: Green}, {title: Black}]\n").started().started();
        assertThat(application.rows("teams", "title")).containsExactly("Black", "Blue", "Green", "Red");
    }

    @Test
    void followsKeysAcrossFilesToItselfAndInCircles() {
        application.pluginFile("data/teams.data.yml", """
                - {_id: sub, title: Sub, parent: top, leader: ada}
                - {_id: top, title: Top, parent: top}
                """).pluginFile("data/people.data.yml", """
                - {_id: ada, title: Ada, team: sub, friends: [ada, bob]}
                - {_id: bob, title: Bob, team: top}
                """).started();
        assertThat(application.rows("teams", "title", "parent.title", "leader.title")).containsExactly("Sub Top Ada",
                "Top Top -");
        assertThat(application.rows("people", "title", "team.title")).containsExactly("Ada Sub", "Bob Top");
        String ada = id("people", "Ada");
        assertThat(application.rows("people", "title", "friends").getFirst()).contains(ada)
                .contains(id("people", "Bob"));
    }

    @Test
    void findsUsersByUsernameEmailAndKey() {
        application.pluginFile("data/user.data.yml", """
                - {_id: u1, name: Ada, username: ada, email: ada@example.com}
                """).pluginFile("data/teams.data.yml", """
                - {title: A, keeper: ada}
                - {title: B, keeper: ada@example.com}
                - {title: C, keeper: u1}
                """).started();
        assertThat(application.rows("teams", "title", "keeper.name")).containsExactly("A Ada", "B Ada", "C Ada");
    }

    @Test
    void reportsAReferenceToNothingAndLoadsTheOthers() {
        application.pluginFile("data/teams.data.yml", """
                - {title: A, keeper: nobody}
                - {title: B}
                """);
        assertThat(application.start(false)).singleElement().asString()
                .startsWith("acme!data/teams.data.yml:1:").contains("keeper refers to 'nobody'")
                .contains("the record is left out");
        assertThat(application.rows("teams", "title")).containsExactly("B");
    }

    @Test
    void reportsARecordThatItsFieldsRefuseAndThoseThatNeedIt() {
        application.pluginFile("data/teams.data.yml", """
                - {_id: a, stage: new}
                - {_id: b, title: B, parent: a}
                - {_id: c, title: C}
                """);
        assertThat(application.start(false)).hasSize(2).anySatisfy(line -> assertThat(line)
                .startsWith("acme!data/teams.data.yml:1:").contains("the record is left out"))
                .anySatisfy(line -> assertThat(line).startsWith("acme!data/teams.data.yml:2:"));
        assertThat(application.rows("teams", "title")).containsExactly("C");
    }

    @Test
    void leavesAnUnknownOptionOutWithAWarning() {
        application.pluginFile("data/teams.data.yml", "[{title: A, stage: ancient}]\n");
        assertThat(application.start(false)).allSatisfy(line -> assertThat(line).contains("warning"))
                .anySatisfy(line -> assertThat(line).contains("the value is left out"));
        assertThat(application.rows("teams", "title", "stage")).containsExactly("A -");
    }

    @Test
    void computesMomentsThatAreMeantRelativeToTheLoading() {
        application.pluginFile("objects/dates.object.yml", """
                fields:
                  title: {type: text}
                  day: {type: date}
                  at: {type: datetime}
                  ahead: {type: formula, expression: "day - today", return_type: integer}
                  past: {type: formula, expression: "at < now", return_type: boolean}
                """).pluginFile("data/dates.data.yml", """
                - {title: A, day: "${today + 7}", at: "${addHours(now, -2)}"}
                - {title: B, day: $today, at: 2020-01-31 10:00}
                """).started();
        assertThat(application.rows("dates", "title", "ahead", "past")).containsExactly("A 7 true", "B 0 true");
        application.pluginFile("data/more/dates.data.yml", "[{title: C, day: '${record.title}'}, {title: D}]\n");
        assertThat(application.start(false)).singleElement().asString().contains("more/dates.data.yml:1:")
                .contains("the record is left out");
        assertThat(application.rows("dates", "title")).containsExactly("A", "B", "D");
    }

    @Test
    void leavesOutValuesThatNoFieldTakes() {
        application.pluginFile("data/teams.data.yml", "[{id: a, title: A, colour: red, version: 4}]\n");
        assertThat(application.start(false)).hasSize(2).allSatisfy(line -> assertThat(line).contains("warning"));
        assertThat(application.rows("teams", "title", "version")).containsExactly("A 1");
    }

    @Test
    void reportsATakenValueWhereRecordsAreToBeInserted() {
        existing();
        application.pluginFile("data/teams.data.yml", "[{code: x, title: New}, {code: y, title: Other}]\n");
        assertThat(application.start(false)).singleElement().asString().contains("already taken");
        assertThat(application.rows("teams", "title")).containsExactly("Old", "Other");
    }

    @Test
    void givesAnExistingRecordTheFilesValuesAndReferences() {
        existing();
        application.pluginFile("data/teams.data.yml", """
                mode: upsert
                records:
                  - {_id: x, code: x, title: New, parent: y}
                  - {_id: y, code: y, title: Other, parent: x}
                """).started();
        assertThat(application.rows("teams", "title", "parent.title")).containsExactly("New Other", "Other New");
        application.pluginFile("data/people.data.yml", "[{title: Ada, team: x}]\n").started();
        assertThat(application.rows("people", "title", "team.title")).containsExactly("Ada New");
    }

    @Test
    void leavesAnExistingRecordAsItIs() {
        existing();
        application.pluginFile("data/teams.data.yml", """
                mode: ignore
                records:
                  - {_id: x, code: x, title: New, parent: y}
                  - {_id: y, code: y, title: Other, parent: x}
                """).started();
        assertThat(application.rows("teams", "title", "parent.title")).containsExactly("Old -", "Other Old");
    }

    @Test
    void carriesOnWhereAStartWasCutOff() {
        String teams = """
                - {_id: a, title: A, leader: ada}
                - {_id: b, title: B, parent: a}
                """;
        application.pluginFile("data/teams.data.yml", teams)
                .pluginFile("data/people.data.yml", "[{_id: ada, title: Ada, team: a}]\n").started();
        // As a start leaves it that ends after the first record of each file, before references were completed.
        UUID team = UUID.fromString(id("teams", "A"));
        application.records().update(new Mutation.Update("teams", team, nothing("leader"), null),
                TestingApplication.SESSION);
        application.records().delete(new Mutation.Delete("teams", UUID.fromString(id("teams", "B")), null),
                TestingApplication.SESSION);
        assertThat(application.platform("DELETE FROM platform.seed_record WHERE seed_key = ''")).isEqualTo("2");
        application.started();
        assertThat(application.rows("teams", "title", "parent.title", "leader.title")).containsExactly("A - Ada",
                "B A -");
        assertThat(application.rows("people", "title")).containsExactly("Ada");
        assertThat(id("teams", "A")).isEqualTo(team.toString());
    }

    @Test
    void doesNotBringBackWhatSomebodyDeleted() {
        application.pluginFile("data/teams.data.yml", "[{title: A}, {title: B}]\n").started();
        application.records().delete(new Mutation.Delete("teams", UUID.fromString(id("teams", "A")), null),
                TestingApplication.SESSION);
        application.started();
        assertThat(application.rows("teams", "title")).containsExactly("B");
    }

    @Test
    void loadsDemoRecordsAndThoseOfFoldersOnlyWhereTheyAreWanted() {
        application.pluginFile("data/teams.data.yml", "[{title: Needed}]\n")
                .pluginFile("data/demo/teams.data.yml", "[{title: Demo}]\n")
                .file("data/teams.data.yml", "[{title: Folder}]\n");
        assertThat(application.start(false)).isEmpty();
        assertThat(application.rows("teams", "title")).containsExactly("Needed");
        assertThat(application.start(true)).isEmpty();
        assertThat(application.rows("teams", "title")).containsExactly("Demo", "Folder", "Needed");
    }

    @Test
    void loadsMoreRecordsThanOneBatchTakes() {
        var yaml = new StringBuilder();
        int count = Page.MAXIMUM + 20;
        for (int i = 0; i < count; i++) {
            yaml.append("- {_id: k").append(i).append(", code: c").append(i).append(", title: T").append(i)
                    .append(", parent: k").append(count - 1 - i).append("}\n");
        }
        application.pluginFile("data/teams.data.yml", yaml.toString()).started();
        application.platform("DELETE FROM platform.seed_record WHERE seed_key = ''");
        application.started();
        assertThat(application.rows("teams", "title")).hasSize(Page.MAXIMUM);
        assertThat(application.platform("SELECT count(*) FROM platform.seed_record")).isEqualTo("" + (count + 1));
    }

    private void existing() {
        application.publish();
        application.records().create(new Mutation.Create("teams", Map.of("code", "x", "title", "Old")),
                TestingApplication.SESSION);
    }

    private static Map<String, Object> nothing(String field) {
        var values = new java.util.HashMap<String, Object>();
        values.put(field, null);
        return values;
    }

    private String id(String object, String title) {
        List<String> found = application.rows(object, "title", "id").stream()
                .filter(row -> row.startsWith(title + " ")).toList();
        return found.getFirst().substring(title.length() + 1);
    }
}
