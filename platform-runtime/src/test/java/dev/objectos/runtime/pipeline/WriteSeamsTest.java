package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static dev.objectos.runtime.pipeline.WritePipelineTest.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeRecorder;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.RecordListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What others join a write with: interceptors, listeners, recorders, and who sees what. */
class WriteSeamsTest {

    @Test
    void letsInterceptorsChangeAndRefuse() {
        var changes = new ArrayList<RecordChange>();
        RecordListener deaf = _ -> {
            throw new IllegalStateException("a listener's own trouble");
        };
        try (var own = TestingWrites.of("write_intercepted", ACCOUNTS).with(new MutationInterceptor() {

            @Override
            public boolean needsPrevious(ChangeAction action, ObjectDefinition object, Session session) {
                return action == ChangeAction.UPDATE && object.name().equals("accounts");
            }

            @Override
            public void admit(MutationDraft draft) {
                if (draft.written().contains("extra")) {
                    throw new PlatformException(RuntimeError.PERMISSION_DENIED, "not extra");
                }
            }

            @Override
            public void before(MutationDraft draft) {
                if (draft.action() == ChangeAction.CREATE && draft.object().name().equals("accounts")) {
                    draft.set("name", "set by hook");
                    draft.set("approved_at", draft.now());
                }
                draft.previous().ifPresent(previous -> {
                    if (previous.get("name").equals(draft.value("name"))) {
                        draft.refuse(new FieldError("name", "unchanged", "Say something new"));
                    }
                });
            }
        }).with(deaf).with(changes::add)) {
            var created = own.create("accounts", Map.of());
            assertThat(parse(created)).containsEntry("name", "set by hook");
            assertThat(parse(created).get("approved_at")).isNotNull();
            assertThat(refusal(() -> own.update("accounts", created.id(), values("name", "set by hook"))).fields())
                    .extracting(FieldError::code).containsExactly("unchanged");
            assertThat(refusal(() -> own.create("accounts", values("extra", "nonsense", "name", 7))).code())
                    .isEqualTo(RuntimeError.PERMISSION_DENIED);
            own.update("accounts", created.id(), values("name", "fine"));
            assertThat(changes.stream().filter(change -> change.object().equals("accounts")))
                    .extracting(change -> change.action() + " " + change.version())
                    .containsExactly("CREATE 1", "UPDATE 2");
            assertThat(changes.getLast().changes().toString())
                    .isEqualTo("{\"name\": {\"to\": \"fine\", \"from\": \"set by hook\"}}");
        }
    }

    @Test
    void asksAboutWhatADeletionTakesAlongUnlessNobodyHasAnythingToSay() {
        var idle = new AtomicBoolean(true);
        var asked = new ArrayList<String>();
        try (var own = TestingWrites.of("write_idle", "name: parents\nfields: {name: {type: text}}",
                "name: children\nfields: {parent: {type: lookup, reference_to: parents, on_delete: cascade}}")
                .with(new MutationInterceptor() {

                    @Override
                    public boolean idle() {
                        return idle.get();
                    }

                    @Override
                    public void before(MutationDraft draft) {
                        if (draft.action() == ChangeAction.DELETE) {
                            asked.add(draft.object().name());
                        }
                    }
                })) {
            deleteWithChild(own);
            assertThat(asked).containsExactly("parents");
            asked.clear();
            idle.set(false);
            deleteWithChild(own);
            assertThat(asked).containsExactly("parents", "children");
            assertThat(own.number("select count(*) from data.children")).isZero();
        }
    }

    private static void deleteWithChild(TestingWrites own) {
        UUID parent = own.create("parents", values("name", "a")).id();
        own.create("children", values("parent", parent.toString()));
        own.delete("parents", parent);
    }

    @Test
    void writesWhatARecorderAsksForInTheSameStatement() throws Exception {
        try (var own = TestingWrites.of("write_recorded", "name: notes\nfields: {text: {type: text}}")) {
            try (var owner = own.databases().owner().getConnection(); var statement = owner.createStatement()) {
                statement.execute("create table platform.trail (object text, record uuid, what text, version bigint, "
                        + "at timestamptz, changes jsonb, who text)");
                statement.execute("grant insert, select on platform.trail to public");
            }
            own.with(new ChangeRecorder() {

                @Override
                public Table table() {
                    return new Table("platform", "trail");
                }

                @Override
                public List<Column> columns() {
                    return List.of(new Column("object", Part.OBJECT), new Column("record", Part.RECORD),
                            new Column("what", Part.ACTION), new Column("version", Part.VERSION),
                            new Column("at", Part.AT), new Column("changes", Part.CHANGES),
                            new Column("who", new FromSession("text",
                                    session -> session.user() == null ? null : session.user().name())));
                }
            });
            var id = own.create("notes", values("text", "a")).id();
            own.update("notes", id, values("text", "b"));
            own.update("notes", id, values("text", "b"));
            own.delete("notes", id);
            assertThat(own.platform("select what || ' ' || version || ' ' || who || ' ' || (changes->'text')::text "
                    + "from platform.trail where record = '" + id + "' order by version, what")).containsExactly(
                            "create 1 Ada {\"to\": \"a\", \"from\": null}",
                            "delete 2 Ada {\"to\": null, \"from\": \"b\"}",
                            "update 2 Ada {\"to\": \"b\", \"from\": \"a\"}");
            assertThat(own.platform("select count(*) from platform.outbox where record_id = '" + id + "'"))
                    .containsExactly("3");
        }
    }
}
