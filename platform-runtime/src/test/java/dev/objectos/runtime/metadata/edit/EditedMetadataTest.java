package dev.objectos.runtime.metadata.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsBesideOthers
class EditedMetadataTest {

    private static final Map<String, String> PLUGIN = Map.of("accounts.object.yml",
            "label: Account\nfields: {name: {type: text}, city: {type: text}}\n", "accounts.validation.yml",
            "rules: [{name: named, type: cross_field, condition: \"record.name != 'x'\", message: No}]\n");

    private Databases databases;

    @BeforeEach
    void open() {
        databases = TestingDatabase.fresh("edited_metadata");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    private TestingNode node() {
        return new TestingNode(databases, PLUGIN);
    }

    private void sql(String statement) {
        try (var connection = databases.owner().getConnection(); var running = connection.createStatement()) {
            connection.setAutoCommit(false);
            running.execute("SET LOCAL app.publish = 'on'");
            running.execute(statement);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private List<String> columns(String table) {
        var found = new ArrayList<String>();
        try (var connection = databases.owner().getConnection();
                var running = connection.createStatement();
                var rows = running.executeQuery("SELECT column_name FROM information_schema.columns "
                        + "WHERE table_schema = 'data' AND table_name = '" + table + "'")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private long count(String query) {
        try (var connection = databases.owner().getConnection(); var running = connection.createStatement()) {
            connection.setAutoCommit(false);
            running.execute("SET LOCAL app.publish = 'on'");
            try (var row = running.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    @Test
    void otherNodesServeWhatWasEditedAndSoDoesARestartedOne() {
        try (TestingNode first = node(); TestingNode second = node()) {
            first.save("rooms", "fields: {name: {type: text}}\n");
            Eventually.await(() -> second.has("rooms", "name"));
            second.save("rooms", "fields: {name: {type: text}, seats: {type: integer}}\n");
            Eventually.await(() -> first.has("rooms", "seats"));
            assertThat(first.catalog().editedVersion(TestingNode.object("rooms"))).isEqualTo(2);
        }
        try (TestingNode restarted = node()) {
            assertThat(restarted.has("rooms", "seats")).isTrue();
            assertThat(restarted.errors()).isEmpty();
        }
    }

    @Test
    void aDraftThatIsForcedOverALaterVersionServesEverywhere() {
        try (TestingNode first = node(); TestingNode second = node()) {
            first.save("rooms", "fields: {name: {type: text}}\n");
            first.save("rooms", "fields: {name: {type: text}, seats: {type: integer}}\n",
                    new Options(true, false, false, null, null));
            first.save("rooms", "fields: {name: {type: text}, floor: {type: integer}}\n");
            first.metadata().publish(TestingNode.object("rooms"), TestingNode.forced(), TestingNode.SESSION);
            Eventually.await(() -> second.has("rooms", "seats"));
            assertThat(second.has("rooms", "floor")).isFalse();
        }
        try (TestingNode restarted = node()) {
            assertThat(restarted.has("rooms", "seats")).isTrue();
            assertThat(restarted.has("rooms", "floor")).isFalse();
        }
    }

    @Test
    void editsGoOnBesideAFileThatTheRecordsDoNotAllow() {
        try (TestingNode node = node()) {
            sql("""
                    INSERT INTO data.accounts (tenant_id, id, name, city, version, created_at, updated_at)
                    SELECT '%s', uuidv7(), 'Twin', 'Bonn', 1, now(), now() FROM generate_series(1, 2)"""
                    .formatted(Session.DEFAULT_TENANT));
            assertThat(node.errors()).isEmpty();
        }
        var unique = new HashMap<>(PLUGIN);
        unique.put("more.object.yml", "name: accounts\nindexes: {by_name: {fields: [name], unique: true}}\n");
        try (TestingNode node = new TestingNode(databases, unique)) {
            assertThat(node.errors()).singleElement().asString().startsWith("acme!more.object.yml:2:")
                    .contains("2 records");
            assertThat(node.has("accounts", "city")).isTrue();
            node.save("rooms", "fields: {name: {type: text}}\n");
            node.save("rooms", "fields: {size: {type: text}}\n", TestingNode.forced());
            assertThat(node.has("rooms", "size")).isTrue();
            assertThat(node.errors()).hasSize(1);
            assertThat(node.has("accounts", "city")).isTrue();
            assertThatThrownBy(() -> node.save("accounts", """
                    extends: accounts
                    indexes: {by_city: {fields: [city], unique: true}}
                    """)).isInstanceOfSatisfying(PlatformException.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.DESTRUCTIVE_CHANGE));
        }
    }

    @Test
    void aMendedEditServesThoughTheOneBeforeWasHeldBack() {
        String rooms = "fields: {name: {type: text}%s}\n";
        try (TestingNode node = node()) {
            node.save("rooms", rooms.formatted(""));
        }
        sql("""
                INSERT INTO platform.metadata_version (type, name, version, state, content, created_at, published_at)
                VALUES ('object', 'rooms', 2, 'published', 'fields: {name: {type: text, unique: true}}', now(), now())""");
        sql("""
                INSERT INTO data.rooms (tenant_id, id, name, version, created_at, updated_at)
                SELECT '%s', uuidv7(), 'Twin', 1, now(), now() FROM generate_series(1, 2)"""
                .formatted(Session.DEFAULT_TENANT));
        try (TestingNode node = node()) {
            assertThat(node.errors()).singleElement().asString().contains("2 records");
            node.save("rooms", rooms.formatted(", seats: {type: integer}"));
            assertThat(node.has("rooms", "seats")).isTrue();
            assertThat(node.errors()).isEmpty();
        }
    }

    @Test
    void oneOfTwoAdministratorsWins() throws InterruptedException, ExecutionException {
        try (TestingNode first = node();
                TestingNode second = node();
                var executor = Executors.newFixedThreadPool(2)) {
            first.save("rooms", "fields: {name: {type: text}}\n");
            var tries = new ArrayList<Callable<Boolean>>();
            for (TestingNode node : List.of(first, second)) {
                tries.add(() -> {
                    try {
                        node.save("rooms", "fields: {name: {type: text}, seats: {type: integer}}\n",
                                TestingNode.expecting(1));
                        return true;
                    } catch (PlatformException e) {
                        assertThat(e.code()).isEqualTo(RuntimeError.CONCURRENT_UPDATE);
                        assertThat(e.members()).containsEntry("currentVersion", 2);
                        return false;
                    }
                });
            }
            var won = new ArrayList<Boolean>();
            for (var outcome : executor.invokeAll(tries)) {
                won.add(outcome.get());
            }
            assertThat(won).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void leavesEverythingAsItWasWhereAVersionCannotBeKept() {
        var refusing = new boolean[]{false};
        try (TestingNode node = new TestingNode(databases, PLUGIN, (_, _, _) -> {
            if (refusing[0]) {
                throw new IllegalStateException("nobody could write it down");
            }
        })) {
            node.save("rooms", "fields: {name: {type: text}}\n");
            refusing[0] = true;
            assertThatThrownBy(() -> node.save("rooms", "fields: {name: {type: text}, seats: {type: integer}}\n"))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(node.has("rooms", "seats")).isFalse();
            try (TestingNode other = node()) {
                assertThat(other.has("rooms", "seats")).isFalse();
            }
            refusing[0] = false;
            assertThat(node.save("rooms", "fields: {name: {type: text}, seats: {type: integer}}\n").saved().getFirst()
                    .version()).isEqualTo(2);
            assertThat(node.has("rooms", "seats")).isTrue();
        }
    }

    @Test
    void servesTheVersionBeforeWhereTheLastOneNoLongerFits() {
        try (TestingNode node = node()) {
            node.save("rooms", "fields: {name: {type: text}}\n");
            node.save("rooms", "fields: {name: {type: text}, owner_of: {type: lookup, reference_to: accounts}}\n");
        }
        try (TestingNode without = new TestingNode(databases, Map.of())) {
            assertThat(without.has("rooms", "name")).isTrue();
            assertThat(without.has("rooms", "owner_of")).isFalse();
            assertThat(without.errors()).singleElement().asString().startsWith("edited!objects/rooms.object.yml:1:")
                    .contains("accounts");
        }
        try (TestingNode again = node()) {
            assertThat(again.has("rooms", "owner_of")).isTrue();
            assertThat(again.errors()).isEmpty();
        }
    }

    @Test
    void startsWithoutWhatCannotBeRead() {
        sql("""
                INSERT INTO platform.metadata_version (type, name, version, state, content, created_at, published_at)
                VALUES ('object', 'accounts', 1, 'published', 'fields: [', now(), now()),
                    ('object', 'ruins', 1, 'published', 'fields: {name: {type: nothing}}', now(), now())""");
        try (TestingNode node = node()) {
            assertThat(node.has("accounts", "city")).isTrue();
            assertThat(node.catalog().object("ruins")).isEmpty();
            assertThat(node.errors()).hasSize(2);
            node.save("accounts", "fields: {name: {type: text}, city: {type: text}, size: {type: integer}}\n");
            assertThat(node.has("accounts", "size")).isTrue();
        }
    }

    @Test
    void replacesAnObjectWholeUnlessItExtendsIt() {
        try (TestingNode node = node()) {
            node.save("accounts", "extends: accounts\nfields: {size: {type: integer}}\n");
            assertThat(node.has("accounts", "city")).isTrue();
            assertThat(node.has("accounts", "size")).isTrue();
            node.save("accounts", "label: Customer\nfields: {name: {type: text}, vip: {type: boolean}}\n");
            assertThat(node.catalog().object("accounts").orElseThrow()).satisfies(object -> {
                assertThat(object.label()).isEqualTo("Customer");
                assertThat(object.fields()).containsKeys("name", "vip").doesNotContainKeys("city", "size");
                assertThat(object.validations()).isEmpty();
                assertThat(object.plugin()).isEqualTo("acme");
            });
            node.metadata().delete(TestingNode.object("accounts"), TestingNode.forced(), TestingNode.SESSION);
            assertThat(node.catalog().object("accounts").orElseThrow().validations()).hasSize(1);
            assertThat(node.has("accounts", "city")).isTrue();
            node.save("user", "fields: {badge: {type: text}}\n");
            assertThat(node.catalog().object("user").orElseThrow().fields()).containsKeys("badge", "email");
        }
    }

    @Test
    void knowsARenamedFieldByItsFormerName() {
        try (TestingNode node = node()) {
            node.save("rooms", "fields: {colour: {type: text}}\n");
            assertThat(node.save("rooms", "fields: {shade: {type: text, renamed_from: colour}}\n").plan())
                    .singleElement().asString().contains("colour").contains("shade");
            assertThat(node.catalog().object("rooms").orElseThrow().field("shade").map(FieldDefinition::id))
                    .contains("colour");
        }
    }

    @Test
    void whatWasForcedAwayIsBackUntilItGoesForGood() {
        try (TestingNode node = node()) {
            node.save("rooms", "fields: {name: {type: text}, colour: {type: text}}\n");
            sql("INSERT INTO data.rooms (id, tenant_id, name, colour) VALUES (uuidv7(), (SELECT id FROM platform.tenant), "
                    + "'Attic', 'red')");
            assertThatThrownBy(() -> node.save("rooms", "fields: {name: {type: text}}\n"))
                    .hasMessageContaining("rooms.colour");
            // Another node, which goes on by the metadata of before.
            sql("INSERT INTO platform.metadata_node VALUES (uuidv7(), 0, now(), now() + interval '1 hour')");
            node.save("rooms", "fields: {name: {type: text}}\n", TestingNode.forced());
            node.tidy();
            node.save("rooms", "fields: {name: {type: text}, colour: {type: text}}\n");
            assertThat(count("SELECT count(colour) FROM data.rooms")).isEqualTo(1);

            node.save("rooms", "fields: {name: {type: text}}\n", TestingNode.forced());
            node.tidy();
            assertThat(columns("rooms")).contains("colour");
            sql("UPDATE platform.metadata_node SET seq = 1000000 WHERE seq = 0");
            node.tidy();
            assertThat(columns("rooms")).doesNotContain("colour");

            sql("UPDATE platform.metadata_node SET seq = 0, seen_at = now() - interval '1 minute' WHERE seq = 1000000");
            node.metadata().delete(TestingNode.object("rooms"), TestingNode.forced(), TestingNode.SESSION);
            node.tidy();
            assertThat(count("SELECT count(*) FROM pg_tables WHERE tablename = 'rooms'")).isZero();
        }
    }

    @Test
    void tellsTheWholeHistory() {
        try (TestingNode node = node()) {
            node.save("rooms", "fields: {name: {type: text}}\n");
            node.metadata().delete(TestingNode.object("rooms"), TestingNode.forced(), TestingNode.SESSION);
            node.save("rooms", "fields: {title: {type: text}}\n");
            assertThat(node.metadata().history(TestingNode.object("rooms"), TestingNode.SESSION))
                    .extracting(Version::version, Version::state)
                    .containsExactly(tuple(3, State.PUBLISHED),
                            tuple(2, State.DELETED),
                            tuple(1, State.PUBLISHED));
        }
    }
}
