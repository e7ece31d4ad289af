package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deletion takes along only what may be deleted too, and what it says about others tells nothing of what is not seen. */
class DeletionRightsTest {

    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    private static final RowFilter PERMITTED = new RowFilter.Where(compare("text", Operator.EQ, "permitted"));
    private static final RowFilter SEEN = new RowFilter.Not(
            new RowFilter.Where(compare("text", Operator.EQ, "hidden")));

    private static final String[] OBJECTS = {"""
            name: orders
            label: Order
            fields: {text: {type: text}}
            """, """
            name: lines
            label: Line
            fields:
              text: {type: text}
              order: {type: master_detail, reference_to: orders}
              note: {type: lookup, reference_to: notes, on_delete: cascade}
            """, """
            name: notes
            label: Note
            fields:
              text: {type: text}
              order: {type: lookup, reference_to: orders, on_delete: cascade}
              line: {type: lookup, reference_to: lines, on_delete: cascade}
            """, """
            name: tasks
            label: Task
            fields:
              text: {type: text}
              order: {type: lookup, reference_to: orders, on_delete: set_null}
            """, """
            name: invoices
            label: Invoice
            plural_label: Invoices
            fields:
              text: {type: text}
              order: {type: lookup, reference_to: orders, on_delete: restrict}
            """, """
            name: receipts
            label: Receipt
            fields:
              text: {type: text}
              order: {type: lookup, reference_to: orders, on_delete: restrict}
            """, """
            name: drafts
            label: Secret draft
            fields:
              text: {type: text}
              order: {type: lookup, reference_to: orders, on_delete: restrict}
            """};

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("deletion_rights", OBJECTS)
                .with(new HidingRewriter().sparingTheSystem().rows("notes", SEEN).rows("invoices", SEEN)
                        .field("receipts", "order").object("drafts"))
                .with(new LimitingRights().refuse("lines", ChangeAction.DELETE).refuse("tasks", ChangeAction.UPDATE)
                        .rows("notes", ChangeAction.DELETE, PERMITTED));
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void takesPartsAlongAndEmptiesLookupsWithoutARightToIt() {
        UUID order = order();
        UUID line = child("lines", "any", order);
        UUID task = child("tasks", "any", order);

        writes.delete("orders", order);
        assertThat(left("lines", line)).isFalse();
        assertThat(writes.row("tasks", task)).containsEntry("order", null);
    }

    @Test
    void takesAlongWhatMayBeDeletedAndIsRefusedForTheRest() {
        UUID permitted = order();
        UUID note = child("notes", "permitted", permitted);
        writes.delete("orders", permitted);
        assertThat(left("notes", note)).isFalse();

        for (String text : List.of("other", "hidden")) {
            UUID order = order();
            UUID first = child("notes", "permitted", order);
            UUID second = child("notes", text, order);
            PlatformException refused = refusal(() -> writes.delete("orders", order));
            assertThat(refused.code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
            assertThat(refused.object()).isEqualTo("orders");
            assertThat(refused.members()).isEmpty();
            assertThat(refused.message().toLowerCase(Locale.ROOT)).contains("order").doesNotContain("note")
                    .doesNotContainPattern("[0-9]");
            assertThat(left("notes", first) && left("notes", second) && left("orders", order)).isTrue();
        }
    }

    @Test
    void judgesWhatHangsOnAPartByItself() {
        UUID order = order();
        UUID line = child("lines", "any", order);
        UUID note = writes.create("notes", values("text", "other", "line", line.toString()), SYSTEM).id();

        assertThat(refusal(() -> writes.delete("orders", order)).code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        writes.update("notes", note, values("text", "permitted"));
        writes.delete("orders", order);
        assertThat(left("notes", note)).isFalse();
    }

    @Test
    void letsAPartGoThatDependsOnSomethingElseToo() {
        UUID order = order();
        UUID note = child("notes", "permitted", order);
        writes.create("lines", values("order", order.toString(), "note", note.toString()), SYSTEM);
        writes.delete("orders", order);
        assertThat(left("orders", order)).isFalse();

        UUID stays = order();
        UUID alone = writes.create("notes", values("text", "permitted"), SYSTEM).id();
        writes.create("lines", values("order", stays.toString(), "note", alone.toString()), SYSTEM);
        assertThat(refusal(() -> writes.delete("notes", alone)).code())
                .as("as a dependant of the note alone it would need the right")
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void letsThePlatformTakeEverythingAlong() {
        UUID order = order();
        UUID note = child("notes", "other", order);
        writes.pipeline().delete(new Mutation.Delete("orders", order, null), SYSTEM);
        assertThat(left("notes", note)).isFalse();
    }

    @Test
    void saysOfWhatStandsInTheWayOnlyWhatTheSessionCouldFind() {
        UUID order = order();
        child("invoices", "hidden", order);
        assertNeutral(order);
        child("invoices", "seen", order);
        PlatformException refused = refusal(() -> writes.delete("orders", order));
        assertThat(refused.code()).isEqualTo(RuntimeError.DELETE_RESTRICTED);
        assertThat(refused.members()).containsEntry("restrictedBy", "invoices").containsEntry("count", 1L);
        assertThat(refused.message()).contains("1 Invoice refers");

        UUID unread = order();
        child("drafts", "any", unread);
        assertNeutral(unread);
        UUID unnamed = order();
        child("receipts", "any", unnamed);
        assertNeutral(unnamed);
        child("invoices", "seen", unnamed);
        assertThat(refusal(() -> writes.delete("orders", unnamed)).members())
                .as("what may be named is").containsEntry("restrictedBy", "invoices");
    }

    private static void assertNeutral(UUID order) {
        PlatformException refused = refusal(() -> writes.delete("orders", order));
        assertThat(refused.code()).isEqualTo(RuntimeError.DELETE_RESTRICTED);
        assertThat(refused.members()).isEmpty();
        assertThat(refused.object()).isEqualTo("orders");
        assertThat(refused.message()).isEqualTo("It cannot be deleted: other records refer to it");
    }

    private static UUID order() {
        return writes.create("orders", values("text", "o"), SYSTEM).id();
    }

    private static UUID child(String object, String text, UUID order) {
        return writes.create(object, values("text", text, "order", order.toString()), SYSTEM).id();
    }

    private static boolean left(String object, UUID id) {
        return writes.number("select count(*) from data." + object + " where id = '" + id + "'") == 1;
    }
}
