package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bin shows and gives back what the record itself would show and give. */
class RecycleBinRightsTest {

    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    private static final RowFilter SEEN = new RowFilter.Not(
            new RowFilter.Where(compare("text", Operator.EQ, "hidden")));
    private static final RowFilter FREE = new RowFilter.Not(
            new RowFilter.Where(compare("text", Operator.EQ, "locked")));

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("recycle_bin_rights", """
                name: boxes
                label: Box
                fields: {text: {type: text}, secret: {type: text, unique: true}}
                """, """
                name: parts
                label: Part
                fields: {text: {type: text}, box: {type: master_detail, reference_to: boxes}}
                """, """
                name: labels
                label: Label
                fields: {text: {type: text}, box: {type: lookup, reference_to: boxes, on_delete: cascade}}
                """).with(new HidingRewriter().rows("boxes", SEEN).field("boxes", "secret").sparingTheSystem())
                .with(new LimitingRights().rows("boxes", ChangeAction.RESTORE, FREE)
                        .rows("boxes", ChangeAction.DELETE, FREE).rows("labels", ChangeAction.RESTORE, FREE)
                        .refuse("parts", ChangeAction.RESTORE));
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void showsNoRecordThatCouldNotBeSeen() {
        UUID hidden = binned("hidden", null);
        UUID seen = binned("seen", "x1");
        String shown = writes.bin().query(Query.of("boxes"), writes.session()).toString();
        assertThat(shown).contains(seen.toString()).doesNotContain(hidden.toString()).doesNotContain("secret");
        assertThat(refusal(() -> writes.bin().query(
                TestingQuery.of("boxes").where(compare("secret", Operator.EQ, "x1")).build(), writes.session()))
                .code()).isEqualTo(RuntimeError.INVALID_FIELD);
        assertThat(refusal(() -> writes.bin().restore("boxes", hidden, writes.session())).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> writes.bin().purge("boxes", hidden, writes.session())).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(writes.bin().restore("boxes", hidden, SYSTEM).id()).isEqualTo(hidden);
    }

    @Test
    void givesBackWhatMayBeDeletedAlone() {
        UUID locked = binned("locked", null);
        assertThat(refusal(() -> writes.bin().restore("boxes", locked, writes.session())).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(refusal(() -> writes.bin().purge("boxes", locked, writes.session())).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        UUID free = binned("free", null);
        assertThat(writes.bin().restore("boxes", free, writes.session()).id()).isEqualTo(free);
    }

    @Test
    void bringsPartsAlongAndJudgesOthers() {
        UUID box = create("boxes", "box", null);
        UUID part = create("parts", "part", box);
        delete(box);
        assertThat(refusal(() -> writes.bin().restore("parts", part, writes.session())).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        writes.bin().restore("boxes", box, writes.session());
        assertThat(writes.number("select count(*) from data.parts where id = '" + part + "'")).isOne();

        create("labels", "locked", box);
        delete(box);
        assertThat(refusal(() -> writes.bin().restore("boxes", box, writes.session())))
                .hasMessageContaining("records that went with it").extracting("code")
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(writes.number("select count(*) from data.boxes where id = '" + box + "'")).isZero();
    }

    @Test
    void tellsNothingOfHiddenFieldsWhereAValueIsTaken() {
        UUID first = binned("first", "taken");
        writes.create("boxes", values("text", "second", "secret", "taken"), SYSTEM);
        assertThat(refusal(() -> writes.bin().restore("boxes", first, writes.session()))).satisfies(taken -> {
            assertThat(taken.code()).isEqualTo(RuntimeError.UNIQUE_VIOLATION);
            assertThat(taken.fields()).isEmpty();
            assertThat(taken.message()).doesNotContainIgnoringCase("secret");
        });
    }

    private static UUID binned(String text, @Nullable String secret) {
        UUID id = writes.create("boxes", values("text", text, "secret", secret), SYSTEM).id();
        delete(id);
        return id;
    }

    private static UUID create(String object, String text, @Nullable UUID box) {
        return writes.create(object, box == null
                ? values("text", text)
                : values("text", text, "box", box.toString()), SYSTEM).id();
    }

    private static void delete(UUID box) {
        writes.pipeline().delete(new Mutation.Delete("boxes", box, null), SYSTEM);
    }
}
