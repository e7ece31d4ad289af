package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.spi.ChangeRecorder;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an interceptor leaves with a change, and what it takes from the change's transaction. */
class ChangeNotesTest {

    private static final String[] OBJECTS = {"name: parents\nfields: {name: {type: text, max_length: 9}}",
            "name: children\nfields: {name: {type: text}, parent: {type: lookup, reference_to: parents, on_delete: cascade}}"};

    private static final ChangeRecorder NOTES = new ChangeRecorder() {

        @Override
        public Table table() {
            return new Table("platform", "testing_note");
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column("tenant_id", Part.TENANT), new Column("object", Part.OBJECT),
                    new Column("action", Part.ACTION), new Column("note", new Note("testing")));
        }
    };

    private static TestingWrites writes(String database, MutationInterceptor interceptor) throws SQLException {
        var writes = TestingWrites.of(database, OBJECTS).with(NOTES).with(interceptor);
        try (var connection = writes.databases().owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE platform.testing_note (id bigint GENERATED ALWAYS AS IDENTITY, "
                    + "tenant_id uuid, object text, action text, note jsonb)");
            statement.execute("GRANT INSERT, SELECT ON platform.testing_note TO public");
        }
        return writes;
    }

    private static List<String> notes(TestingWrites writes) {
        return writes.platform(
                "SELECT object || ' ' || action || ' ' || (note ->> 'name') FROM platform.testing_note WHERE object <> 'user' ORDER BY id");
    }

    @Test
    void aNoteIsStoredWithItsChangeAndWithNoOther() throws SQLException {
        var noting = new MutationInterceptor() {

            @Override
            public boolean needsPrevious(MutationDraft draft) {
                return true;
            }

            @Override
            public void before(MutationDraft draft) {
                String name = String.valueOf(draft.value("name"));
                if (!name.startsWith("-")) {
                    draft.note("testing", JsonDocument.of("{\"name\": \"" + name + "\"}"));
                }
            }
        };
        try (var writes = writes("change_notes", noting)) {
            UUID parent = writes.create("parents", values("name", "a")).id();
            UUID silent = writes.create("parents", values("name", "-")).id();
            writes.create("children", values("name", "c", "parent", parent.toString()));
            writes.update("parents", parent, values("name", "b"));
            writes.update("parents", parent, values("name", "b"));
            writes.update("parents", silent, values("name", "--"));
            writes.atomic(List.of(new Mutation.Create("parents", Map.of("name", "d")),
                    new Mutation.Create("parents", Map.of("name", "-")),
                    new Mutation.Create("parents", Map.of("name", "e"))));
            writes.delete("parents", parent);
            writes.delete("parents", silent);

            assertThat(notes(writes)).containsExactlyInAnyOrder("parents create a", "children create c",
                    "parents update b", "parents create d", "parents create e", "parents delete b",
                    "children delete c");
        }
    }

    @Test
    void aNumberIsTakenWithTheChangeAndGivenBackWithARefusal() throws SQLException {
        var counting = new MutationInterceptor() {

            @Override
            public boolean needsTransaction(MutationDraft draft) {
                return draft.object().name().equals("parents");
            }

            @Override
            public void before(MutationDraft draft) {
                if (draft.object().name().equals("parents")) {
                    draft.set("name", draft.value("name") + "" + draft.transaction().next("testing", "turns"));
                }
            }
        };
        try (var writes = writes("change_numbers", counting)) {
            assertThat(parse(writes.create("parents", values("name", "a"))).get("name")).isEqualTo("a1");
            assertThatThrownBy(() -> writes.create("parents", values("name", "too long for it")))
                    .isInstanceOf(dev.objectos.runtime.PlatformException.class);
            assertThat(parse(writes.create("parents", values("name", "b"))).get("name")).isEqualTo("b2");
        }
    }

    @Test
    void expressionsSeeTheChangeAndRecordsAreFoundByTheirFields() throws SQLException {
        var looking = new MutationInterceptor() {

            @Override
            public void before(MutationDraft draft) {
                if (draft.object().name().equals("children")) {
                    CompiledExpression name = Expressions.of(draft.catalog()).compile(
                            new ExpressionSource("record.parent.name + '!'", SourceLocation.BUILT_IN),
                            Scope.change("children"));
                    Map<Object, UUID> found = draft.transaction().find("parents", "name", List.of("a", "nobody"));
                    assertThat(found).containsOnlyKeys("a").containsValue((UUID) draft.value("parent"));
                    draft.set("name", draft.evaluate(name));
                }
            }
        };
        try (var writes = writes("change_looks", looking)) {
            UUID parent = writes.create("parents", values("name", "a")).id();

            assertThat(parse(writes.create("children", values("parent", parent.toString()))).get("name"))
                    .isEqualTo("a!");
        }
    }
}
