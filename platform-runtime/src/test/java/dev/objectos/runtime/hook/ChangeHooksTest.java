package dev.objectos.runtime.hook;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.RecordHook;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hooks before and after records are created, changed and deleted. */
class ChangeHooksTest {

    private static final Set<RecordHook.Point> CHANGES = Set.of(RecordHook.Point.BEFORE_INSERT,
            RecordHook.Point.AFTER_INSERT, RecordHook.Point.BEFORE_UPDATE, RecordHook.Point.AFTER_UPDATE,
            RecordHook.Point.BEFORE_DELETE, RecordHook.Point.AFTER_DELETE);

    private static final TestingHooks HOOKS = new TestingHooks(Duration.ofSeconds(20));
    private static TestingWrites writes;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        writes = TestingWrites.of("hooks_changes", "name: orders\nfields: {name: {type: text}, total: {type: number}}",
                "name: notes\nfields: {text: {type: text}}").with(new HookInterceptor(HOOKS.hooks()))
                .with(new HookListener(HOOKS.hooks()));
    }

    @AfterAll
    static void close() {
        writes.close();
        HOOKS.close();
    }

    @AfterEach
    void leave() {
        HOOKS.join(new RecordHook[0]);
    }

    /** Tells what it hears, and does what a test says. */
    private class Hook implements RecordHook {

        private final String name;
        private final int order;

        Hook(String name, int order) {
            this.name = name;
            this.order = order;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Set<Point> points() {
            return CHANGES;
        }

        @Override
        public Set<String> objects() {
            return Set.of("orders");
        }

        @Override
        public void beforeChange(MutationDraft draft) throws Exception {
            heard.add(name + " before " + draft.action().word());
        }

        @Override
        public void afterChange(RecordChange change) throws Exception {
            heard.add(name + " after " + change.action().word());
        }
    }

    @Test
    void areCalledInTheirOrderForTheirObjects() {
        HOOKS.join(new Hook("late", 5), new Hook("early", -5));
        var order = writes.create("orders", values("name", "a")).id();
        writes.update("orders", order, values("name", "b"));
        writes.delete("orders", order);
        writes.create("notes", values("text", "a"));

        assertThat(heard).containsExactly("early before create", "late before create", "early after create",
                "late after create", "early before update", "late before update", "early after update",
                "late after update", "early before delete", "late before delete", "early after delete",
                "late after delete");
    }

    @Test
    void setFieldsAndSeeTheStoredRecordAndTheSession() {
        HOOKS.join(new Hook("setting", 0) {

            @Override
            public boolean needsPrevious(ChangeAction action) {
                return action == ChangeAction.UPDATE;
            }

            @Override
            public void beforeChange(MutationDraft draft) {
                assertThat(Session.CURRENT.get()).isEqualTo(draft.session());
                String before = draft.previous().map(previous -> previous.get("name") + " > ").orElse("");
                if (draft.action() != ChangeAction.DELETE) {
                    draft.set("name", before + draft.value("name"));
                }
            }
        });
        var order = writes.create("orders", values("name", "a"));
        assertThat(parse(writes.update("orders", order.id(), values("name", "b")))).containsEntry("name", "a > b");
    }

    @Test
    void refuseInTheirOwnWordsAndTogetherWithOtherErrors() {
        HOOKS.join(new Hook("refusing", 0) {

            @Override
            public void beforeChange(MutationDraft draft) {
                if ("veto".equals(draft.value("name"))) {
                    throw new PlatformException(RuntimeError.VETOED, "The credit limit is exceeded");
                }
                draft.refuse(new FieldError("name", "odd", "An odd name"));
            }
        });
        PlatformException veto = refusal(() -> writes.create("orders", values("name", "veto")));
        assertThat(veto.code()).isEqualTo(RuntimeError.VETOED);
        assertThat(veto.message()).isEqualTo("The credit limit is exceeded");
        assertThat(refusal(() -> writes.create("orders", values("name", "b"))).fields()).extracting(FieldError::code)
                .containsExactly("odd");
        assertThat(writes.number("select count(*) from data.orders where name in ('veto', 'b')")).isZero();
    }

    @Test
    void keepWhatTheyFailAtFromHappening() {
        HOOKS.join(new Hook("acme.failing", 0) {

            @Override
            public void beforeChange(MutationDraft draft) throws Exception {
                throw new java.io.IOException("secret");
            }
        });
        PlatformException failure = refusal(() -> writes.create("orders", values("name", "failed")));
        assertThat(failure.code()).isEqualTo(RuntimeError.PLUGIN_FAILED);
        assertThat(failure.message())
                .isEqualTo("The hook acme.failing before the create of orders failed; nothing was done");
        assertThat(writes.number("select count(*) from data.orders where name = 'failed'")).isZero();
    }

    @Test
    void changeNothingByFailingAfterwards() {
        HOOKS.join(new Hook("failing", 0) {

            @Override
            public void afterChange(RecordChange change) {
                throw new IllegalStateException("too late");
            }
        });
        assertThat(writes.create("orders", values("name", "stays")).version()).isEqualTo(1);
    }

    @Test
    void thatTakeTooLongFailTheChangeAndRollItsTransactionBack() {
        try (var hasty = new TestingHooks(Duration.ofMillis(50));
                var own = TestingWrites.of("hooks_slow", """
                        name: parents
                        fields: {name: {type: text}}
                        """, """
                        name: children
                        fields: {parent: {type: lookup, reference_to: parents, on_delete: cascade}}
                        """).with(new HookInterceptor(hasty.hooks()))) {
            var parent = own.create("parents", values("name", "p")).id();
            own.create("children", values("parent", parent.toString()));
            hasty.join(new Hook("acme.hanging", 0) {

                @Override
                public Set<String> objects() {
                    return Set.of("children");
                }

                @Override
                public void beforeChange(MutationDraft draft) throws Exception {
                    new CountDownLatch(1).await();
                }
            });
            PlatformException late = refusal(() -> own.delete("parents", parent));
            assertThat(late.code()).isEqualTo(RuntimeError.PLUGIN_TIMEOUT);
            assertThat(late.message())
                    .isEqualTo("The hook acme.hanging before the delete of children took longer than 50 ms");
            assertThat(own.number("select (select count(*) from data.parents) + (select count(*) from data.children)"))
                    .isEqualTo(2);
        }
    }
}
