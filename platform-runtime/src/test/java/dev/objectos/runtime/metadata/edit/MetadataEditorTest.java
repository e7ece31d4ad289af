package dev.objectos.runtime.metadata.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing.Comparison;
import dev.objectos.runtime.spi.MetadataEditing.Difference;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.MetadataEditing.Outcome;
import dev.objectos.runtime.spi.MetadataEditing.Reference;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What administrators may ask of edited metadata; every test has objects of its own. */
class MetadataEditorTest {

    private static final Options DRAFT = new Options(true, false, false, null, null);
    private static final Options DRY = new Options(false, true, false, null, null);
    private static final String NAME = "fields: {name: {type: text}}\n";
    private static final String NAME_AND_SIZE = "fields: {name: {type: text}, size: {type: integer}}\n";
    private static final Session OWNER = new Session(Session.DEFAULT_TENANT, null, Set.of("owner"), false,
            Locale.ENGLISH, ZoneOffset.UTC, Origin.SYSTEM);
    private static final Session MEMBER = new Session(Session.DEFAULT_TENANT, null, Set.of("member"), false,
            Locale.ENGLISH, ZoneOffset.UTC, Origin.SYSTEM);

    private static Databases databases;
    private static TestingNode node;

    @BeforeAll
    static void start() {
        databases = TestingDatabase.fresh("metadata_editor");
        node = new TestingNode(databases, Map.of("accounts.object.yml", NAME, "accounts.view.yml",
                "name: all_accounts\ncolumns: [name]\n"));
    }

    @AfterAll
    static void stop() {
        node.close();
        databases.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ItemKey object(String name) {
        return TestingNode.object(name);
    }

    private static ItemKey own(String name) {
        return new ItemKey("object", name, Session.DEFAULT_TENANT);
    }

    private static Outcome save(ItemKey item, String yaml, Options options, Session session) {
        return node.metadata().save(item, bytes(yaml), options, session);
    }

    private static Outcome save(ItemKey item, String yaml) {
        return save(item, yaml, Options.DEFAULT, TestingNode.SESSION);
    }

    private static MetadataFile file(String path, String text) {
        return new MetadataFile(path, bytes(text));
    }

    private static PlatformException refused(RuntimeError code, ThrowingCallable call) {
        PlatformException refusal = catchThrowableOfType(PlatformException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }

    private static void insert(String statement) {
        try (var connection = databases.owner().getConnection(); var running = connection.createStatement()) {
            connection.setAutoCommit(false);
            running.execute("SET LOCAL app.publish = 'on'");
            running.execute(statement);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    @Test
    void keepsADraftAsideUntilItIsPublished() {
        ItemKey notes = object("notes");
        Outcome draft = save(notes, NAME, DRAFT, TestingNode.SESSION);
        assertThat(draft.saved()).extracting(Version::version, Version::state).containsExactly(tuple(1, State.DRAFT));
        assertThat(node.catalog().object("notes")).isEmpty();
        assertThat(node.metadata().draft(notes, TestingNode.SESSION)).isPresent();
        assertThat(node.metadata().drafts(TestingNode.SESSION)).extracting(Version::item).contains(notes);
        assertThat(node.metadata().version(notes, null, TestingNode.SESSION)).isEmpty();
        assertThat(node.metadata().version(notes, 1, TestingNode.SESSION).orElseThrow().content()).isEqualTo(NAME);

        Outcome published = node.metadata().publish(notes, new Options(false, false, false, 1, "At last"),
                TestingNode.SESSION);
        assertThat(published.saved()).extracting(Version::version, Version::state, Version::comment)
                .containsExactly(tuple(1, State.PUBLISHED, "At last"));
        assertThat(node.has("notes", "name")).isTrue();
        assertThat(node.metadata().draft(notes, TestingNode.SESSION)).isEmpty();
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().publish(notes, Options.DEFAULT, TestingNode.SESSION));
    }

    @Test
    void publishesNoDraftOfAnOlderVersionUnlessItIsForcedTo() {
        ItemKey memos = object("memos");
        save(memos, NAME);
        save(memos, NAME_AND_SIZE, DRAFT, TestingNode.SESSION);
        save(memos, "fields: {name: {type: text}, other: {type: text}}\n");
        PlatformException late = refused(RuntimeError.CONCURRENT_UPDATE,
                () -> node.metadata().publish(memos, Options.DEFAULT, TestingNode.SESSION));
        assertThat(late.members()).containsEntry("currentVersion", 3);
        Outcome forced = node.metadata().publish(memos, TestingNode.forced(), TestingNode.SESSION);
        assertThat(forced.saved()).extracting(Version::version, Version::base).containsExactly(tuple(4, 3));
        assertThat(node.has("memos", "size")).isTrue();
        assertThat(node.has("memos", "other")).isFalse();
        assertThat(node.metadata().draft(memos, TestingNode.SESSION)).isEmpty();
    }

    @Test
    void givesADraftUp() {
        ItemKey plans = object("plans");
        save(plans, NAME, DRAFT, TestingNode.SESSION);
        save(plans, NAME_AND_SIZE, DRAFT, TestingNode.SESSION);
        Options seen = new Options(true, false, false, 1, null);
        assertThat(refused(RuntimeError.CONCURRENT_UPDATE,
                () -> node.metadata().delete(plans, seen, TestingNode.SESSION)).members())
                .containsEntry("currentVersion", 2);
        node.metadata().delete(plans, new Options(true, true, false, null, null), TestingNode.SESSION);
        assertThat(node.metadata().draft(plans, TestingNode.SESSION)).isPresent();
        node.metadata().delete(plans, DRAFT, TestingNode.SESSION);
        assertThat(node.metadata().draft(plans, TestingNode.SESSION)).isEmpty();
        assertThat(node.metadata().history(plans, TestingNode.SESSION)).extracting(Version::state)
                .containsExactly(State.DISCARDED, State.DISCARDED);
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().delete(plans, DRAFT, TestingNode.SESSION));
    }

    @Test
    void publishesAllDraftsTogether() {
        save(object("fathers"), "fields: {sons: {type: summary, summary: {object: sons, function: count}}}\n", DRAFT,
                TestingNode.SESSION);
        Outcome alone = save(object("fathers"),
                "fields: {sons: {type: summary, summary: {object: sons, function: count}}}\n", DRAFT,
                TestingNode.SESSION);
        assertThat(alone.findings()).extracting(Violation::message).anyMatch(message -> message.contains("sons"));
        save(object("sons"), "fields: {father: {type: lookup, reference_to: fathers}}\n", DRAFT, TestingNode.SESSION);
        refused(RuntimeError.INVALID_METADATA,
                () -> node.metadata().publish(object("fathers"), Options.DEFAULT, TestingNode.SESSION));
        Outcome all = node.metadata().publishAll(TestingNode.forced(), TestingNode.SESSION);
        assertThat(all.saved()).extracting(Version::item).contains(object("fathers"), object("sons"));
        assertThat(node.metadata().drafts(TestingNode.SESSION)).isEmpty();
        assertThat(node.metadata().publishAll(Options.DEFAULT, TestingNode.SESSION).saved()).isEmpty();
    }

    @Test
    void goesBackToAnEarlierVersion() {
        ItemKey cups = object("cups");
        save(cups, NAME);
        save(cups, NAME_AND_SIZE);
        Outcome back = node.metadata().rollBack(cups, 1, Options.DEFAULT, TestingNode.SESSION);
        assertThat(back.saved()).extracting(Version::version, Version::content, Version::comment)
                .containsExactly(tuple(3, NAME, "Back to version 1"));
        assertThat(node.has("cups", "size")).isFalse();
        node.metadata().delete(cups, TestingNode.forced(), TestingNode.SESSION);
        node.metadata().rollBack(cups, 2, new Options(false, false, false, null, "Once more"), TestingNode.SESSION);
        assertThat(node.has("cups", "size")).isTrue();
        node.metadata().rollBack(cups, 4, TestingNode.forced(), TestingNode.SESSION);
        assertThat(node.catalog().object("cups")).isEmpty();
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().rollBack(cups, 9, Options.DEFAULT, TestingNode.SESSION));
    }

    @Test
    void comparesVersions() {
        ItemKey boxes = object("boxes");
        save(boxes, "label: Box\n" + NAME);
        save(boxes, "label: Crate\n" + NAME_AND_SIZE);
        Comparison latest = node.metadata().compare(boxes, null, null, TestingNode.SESSION);
        assertThat(latest).extracting(Comparison::from, Comparison::to).containsExactly(1, 2);
        assertThat(latest.differences()).containsExactlyInAnyOrder(new Difference("label", "Box", "Crate"),
                new Difference("fields.size", null, Map.of("type", "integer")));
        assertThat(node.metadata().compare(boxes, 0, 1, TestingNode.SESSION).differences())
                .extracting(Difference::path).containsExactlyInAnyOrder("label", "fields");
        assertThat(node.metadata().compare(boxes, 2, 2, TestingNode.SESSION).differences()).isEmpty();
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().compare(boxes, 1, 7, TestingNode.SESSION));
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().compare(object("unknown"), null, null, TestingNode.SESSION));
    }

    @Test
    void showsTheValuesOfAVersion() {
        ItemKey seeds = new ItemKey("data", "accounts");
        save(object("trees"), NAME);
        Version tree = node.metadata().version(object("trees"), null, TestingNode.SESSION).orElseThrow();
        assertThat(node.metadata().tree(tree)).isEqualTo(Map.of("fields", Map.of("name", Map.of("type", "text"))));
        Version records = save(seeds, "- {_id: a, name: Ada}\n", DRY, TestingNode.SESSION).saved().getFirst();
        assertThat(node.metadata().tree(records)).isEqualTo(
                Map.of("records", List.of(Map.of("_id", "a", "name", "Ada"))));
        Version gone = node.metadata().delete(object("trees"), DRY, TestingNode.SESSION).saved().getFirst();
        assertThat(node.metadata().tree(gone)).isEmpty();
        assertThat(node.metadata().yaml(Map.of("label", "Tree"))).isEqualTo("label: Tree\n");
    }

    @Test
    void changesNothingWhereItOnlyTries() {
        Outcome tried = save(object("trials"), NAME, DRY, TestingNode.SESSION);
        assertThat(tried.plan()).anyMatch(step -> step.contains("create trials"));
        assertThat(node.catalog().object("trials")).isEmpty();
        assertThat(node.metadata().history(object("trials"), TestingNode.SESSION)).isEmpty();
        save(object("trials"), NAME, new Options(true, true, false, null, null), TestingNode.SESSION);
        assertThat(node.metadata().draft(object("trials"), TestingNode.SESSION)).isEmpty();
    }

    @Test
    void losesNoValuesUnlessItIsForcedTo() {
        ItemKey bags = object("bags");
        save(bags, NAME_AND_SIZE);
        insert("INSERT INTO data.bags (id, tenant_id, name, size) VALUES (uuidv7(), (SELECT id FROM platform.tenant), "
                + "'One', 3)");
        PlatformException refusal = refused(RuntimeError.DESTRUCTIVE_CHANGE, () -> save(bags, NAME));
        assertThat(refusal.members().get("losses")).asString().contains("field=size", "rows=1");
        assertThat(node.has("bags", "size")).isTrue();
        Outcome forced = save(bags, NAME, TestingNode.forced(), TestingNode.SESSION);
        assertThat(forced.losses()).singleElement().asString().contains("field=size");
        assertThat(node.has("bags", "size")).isFalse();
    }

    @Test
    void refusesTheWrongVersion() {
        ItemKey jars = object("jars");
        PlatformException none = refused(RuntimeError.CONCURRENT_UPDATE,
                () -> save(jars, NAME, TestingNode.expecting(1), TestingNode.SESSION));
        assertThat(none).hasMessageContaining("is not edited");
        save(jars, NAME, TestingNode.expecting(0), TestingNode.SESSION);
        refused(RuntimeError.CONCURRENT_UPDATE,
                () -> save(jars, NAME, TestingNode.expecting(0), TestingNode.SESSION));
        refused(RuntimeError.CONCURRENT_UPDATE,
                () -> node.metadata().delete(jars, TestingNode.expecting(2), TestingNode.SESSION));
        save(jars, NAME_AND_SIZE, TestingNode.expecting(1), TestingNode.SESSION);
        assertThat(node.has("jars", "size")).isTrue();
    }

    @Test
    void refusesWhatCannotBeKept() {
        refused(RuntimeError.INVALID_METADATA, () -> save(object("broken"), "fields: ["));
        assertThat(refused(RuntimeError.INVALID_METADATA, () -> save(object("broken"), "fields: {a: {type: intger}}"))
                .members().get("violations")).asString().contains("line=1", "intger");
        refused(RuntimeError.INVALID_REQUEST, () -> save(object("broken"), "name: other\n" + NAME));
        refused(RuntimeError.INVALID_REQUEST, () -> save(object("users"), NAME));
        refused(RuntimeError.INVALID_REQUEST, () -> save(object("../broken"), NAME));
        refused(RuntimeError.RESOURCE_NOT_FOUND, () -> save(new ItemKey("nothing", "broken"), NAME));
        assertThat(node.catalog().object("broken")).isEmpty();
    }

    @Test
    void deletesOnlyWhatWasEditedAndNobodyNames() {
        ItemKey shelves = object("shelves");
        save(shelves, NAME);
        save(object("books"), "fields: {shelf: {type: lookup, reference_to: shelves}}\n");
        PlatformException named = refused(RuntimeError.DELETE_RESTRICTED,
                () -> node.metadata().delete(shelves, Options.DEFAULT, TestingNode.SESSION));
        assertThat(named.members().get("references")).asString().contains("name=books", "path=fields.shelf");
        assertThat(node.metadata().references(shelves, null, TestingNode.SESSION))
                .extracting(Reference::item, Reference::kind).containsExactly(tuple(object("books"), "lookup"));
        refused(RuntimeError.INVALID_FIELD,
                () -> node.metadata().references(shelves, "no_such_field", TestingNode.SESSION));
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().references(new ItemKey("shelf", "shelves"), null, TestingNode.SESSION));
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().history(new ItemKey("shelf", "shelves"), TestingNode.SESSION));
        node.metadata().delete(object("books"), TestingNode.forced(), TestingNode.SESSION);
        node.metadata().delete(shelves, TestingNode.forced(), TestingNode.SESSION);
        refused(RuntimeError.RESOURCE_NOT_FOUND,
                () -> node.metadata().delete(shelves, Options.DEFAULT, TestingNode.SESSION));
        assertThat(refused(RuntimeError.DELETE_RESTRICTED,
                () -> node.metadata().delete(object("accounts"), Options.DEFAULT, TestingNode.SESSION)))
                .hasMessageContaining("the plugin acme");
        refused(RuntimeError.DELETE_RESTRICTED, () -> node.metadata().delete(new ItemKey("view", "all_accounts"),
                Options.DEFAULT, TestingNode.SESSION));
    }

    @Test
    void publishesFilesTogetherAndOnceOnly() {
        List<MetadataFile> files = List.of(file("objects/teams.object.yml", NAME), file("objects/players.object.json",
                "{\"fields\": {\"team\": {\"type\": \"lookup\", \"reference_to\": \"teams\"}}}"));
        assertThat(node.metadata().apply(files, false, Options.DEFAULT, TestingNode.SESSION).saved()).hasSize(2);
        assertThat(node.metadata().apply(files, false, Options.DEFAULT, TestingNode.SESSION).saved()).isEmpty();
        assertThat(node.metadata().edited(TestingNode.SESSION)).containsKeys("objects/players.object.yml",
                "objects/teams.object.yml");
        Outcome pruned = node.metadata().apply(List.of(files.getFirst()), true, new Options(false, true, true, null,
                null), TestingNode.SESSION);
        assertThat(pruned.saved()).extracting(Version::item, Version::state)
                .contains(tuple(object("players"), State.DELETED)).doesNotContain(tuple(object("teams"),
                        State.DELETED));
        refused(RuntimeError.INVALID_REQUEST, () -> node.metadata().apply(List.of(file("notes.txt", "x")), false,
                Options.DEFAULT, TestingNode.SESSION));
        refused(RuntimeError.INVALID_REQUEST,
                () -> node.metadata().apply(List.of(file("a/teams.object.yml", NAME), file("b/teams.object.yml", NAME)),
                        false, Options.DEFAULT, TestingNode.SESSION));
    }

    @Test
    void letsTenantsAddFieldsForThemselvesAlone() {
        save(object("tools"), NAME);
        Outcome added = save(own("tools"), """
                fields:
                  grip: {type: text, id: handle}
                  heavy: {type: formula, expression: "record.grip == 'oak'", return_type: boolean}
                """, Options.DEFAULT, OWNER);
        assertThat(added.saved()).extracting(Version::version, Version::item).containsExactly(tuple(1, own("tools")));
        assertThat(node.catalog().object("tools").orElseThrow().field("grip"))
                .hasValueSatisfying(field -> assertThat(field.id()).isEqualTo("handle_000000000001"));
        assertThat(node.metadata().edited(TestingNode.SESSION)).doesNotContainKey("tools");
        assertThat(node.metadata().history(own("tools"), OWNER)).hasSize(1);
        node.metadata().delete(own("tools"), TestingNode.forced(), OWNER);
        assertThat(node.has("tools", "grip")).isFalse();
    }

    @Test
    void refusesFieldsOfTenantsThatConcernOthers() {
        save(object("knives"), NAME);
        save(object("rates"), "tenancy: global\n" + NAME);
        PlatformException refusal = refused(RuntimeError.INVALID_METADATA, () -> save(own("knives"), """
                label: Ours
                fields:
                  name: {type: text}
                  created_at: {type: text}
                  number: {type: autonumber, format: "A-{0}"}
                  word: {type: text, searchable: true}
                  maker: {type: lookup, reference_to: accounts, on_delete: cascade}
                """, Options.DEFAULT, OWNER));
        assertThat(refusal.members().get("errors")).asString().contains("does not change its 'label'",
                "the name 'name' is taken", "the name 'created_at' is taken", "autonumber cannot be added",
                "search index is common", "set_null or restrict");
        assertThat(refused(RuntimeError.INVALID_METADATA, () -> save(own("rates"), "fields: {a: {type: text}}\n",
                Options.DEFAULT, OWNER))).hasMessageContaining("common to all tenants");
        refused(RuntimeError.INVALID_REQUEST, () -> save(new ItemKey("view", "mine", Session.DEFAULT_TENANT),
                "name: mine\n", Options.DEFAULT, OWNER));
        var many = new StringBuilder("fields:\n");
        for (int i = 0; i <= 200; i++) {
            many.append("  f").append(i).append(": {type: text}\n");
        }
        assertThat(refused(RuntimeError.INVALID_METADATA,
                () -> save(own("knives"), many.toString(), Options.DEFAULT, OWNER)))
                .hasMessageContaining("at most 200 fields");
        assertThat(save(own("knives"), "extends: knives\n", DRY, OWNER).plan()).isEmpty();
    }

    @Test
    void refusesWhoeverMayNot() {
        refused(RuntimeError.PERMISSION_DENIED, () -> save(object("secrets"), NAME, Options.DEFAULT, OWNER));
        refused(RuntimeError.PERMISSION_DENIED, () -> node.metadata().drafts(OWNER));
        refused(RuntimeError.PERMISSION_DENIED, () -> node.metadata().edited(OWNER));
        refused(RuntimeError.PERMISSION_DENIED, () -> node.metadata().publishAll(Options.DEFAULT, OWNER));
        refused(RuntimeError.PERMISSION_DENIED, () -> node.metadata().references(object("accounts"), null, OWNER));
        refused(RuntimeError.PERMISSION_DENIED,
                () -> save(own("accounts"), "fields: {}\n", Options.DEFAULT, MEMBER));
        refused(RuntimeError.PERMISSION_DENIED,
                () -> save(new ItemKey("object", "accounts", new UUID(7, 7)), "fields: {}\n", Options.DEFAULT, OWNER));
    }
}
