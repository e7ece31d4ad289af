package dev.objectos.permissions.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.permissions.PermissionRewriter;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody may do, before any record is looked at. */
class RightsTest {

    private static final String UNREADABLE = "\"record.amuont > 5\"";

    @Test
    void combinationsThatDifferInConstantsAloneShareTheirStatements() {
        TestingRights rights = TestingRights.of("""
                permission_sets:
                  north: {allowRead: [{field: stage, equals: open}]}
                  south: {allowRead: [{field: stage, equals: won}]}
                  both:  {allowRead: [{field: stage, in: [open, won]}]}
                  other: {allowRead: [{field: name, equals: Ada}]}
                """);
        Session north = TestingRights.holding("north");
        Session south = TestingRights.holding("south");

        assertThat(rights.rights().shape(north)).isEqualTo(rights.rights().shape(south))
                .isEqualTo(rights.rights().shape(TestingRights.holding("both")))
                .isEqualTo(rights.rights().shape(TestingRights.holding("north", "south")))
                .isNotEqualTo(rights.rights().shape(TestingRights.holding("other")));
        assertThat(rights.on(north)).isEqualTo(rights.on(south));
        assertThat(constants(rights, north)).containsExactly("open");
        assertThat(constants(rights, south)).containsExactly("won");
        assertThat(constants(rights, TestingRights.holding("north", "south"))).containsExactlyInAnyOrder("open", "won");
    }

    /** The list behind the only comparison that reading comes down to. */
    private static List<String> constants(TestingRights rights, Session session) {
        RowFilter filter = rights.on(session).rows(Operation.READ);
        assertThat(filter).isInstanceOf(RowFilter.Where.class);
        Predicate predicate = ((RowFilter.Where) filter).predicate();
        Operand operand = ((Predicate.Comparison) predicate).operand();
        var values = (List<?>) ((SessionValue) ((Operand.Literal) operand).value()).of(session);
        return values.stream().map(String::valueOf).toList();
    }

    @Test
    void rolesThatSayNothingHereChangeNothing() {
        TestingRights rights = TestingRights.of("permission_sets: {sales: {allowRead: true}}");

        assertThat(rights.rights().shape(TestingRights.holding("sales", "gardener")))
                .isEqualTo(rights.rights().shape(TestingRights.holding("sales")))
                .isNotEqualTo(rights.rights().shape(TestingRights.holding("gardener")));
    }

    @Test
    void fieldsThatAreNotForEveryReaderAreGuarded() {
        Catalog catalog = TestingCatalogs.loadFiles(Map.of("deals.object.yml", """
                name: deals
                fields:
                  name:    {type: text}
                  margin:  {type: number}
                  doubled: {type: formula, expression: "record.margin * 2", return_type: number}
                  iban:    {type: text, mask: last4}
                  closed:  {type: boolean}
                """, "deals.permission.yml",
                "field_permissions: {margin: {read: [boss]}, closed: {update: [boss]}}"));
        var views = new FieldViews(() -> List.of(new PermissionRewriter(new RightsByCatalog(_ -> List.of()))));

        assertThat(views.guarded(catalog.object("deals").orElseThrow(), catalog)).containsExactlyInAnyOrder("margin",
                "doubled", "iban");
    }

    @Test
    void nothingIsAllowedUnlessItIsWritten() {
        HeldRights held = TestingRights.of("permission_sets: {sales: {allowRead: true, allowEdit: false}}")
                .on(TestingRights.holding("member"));

        assertThat(held.operations()).isEmpty();
        assertThat(held.rows(Operation.READ)).isEqualTo(RowFilter.NOTHING);
        assertThat(held.hidden()).contains("name", "amount");
    }

    @Test
    void setsAddUpAndFalseTakesNothingAway() {
        TestingRights rights = TestingRights.of("""
                permission_sets:
                  reader: {allowRead: true, allowEdit: false}
                  writer: {allowEdit: true, inherits: [reader]}
                  boss: {allowRead: false}
                """);

        assertThat(rights.on(TestingRights.holding("reader", "boss")).operations())
                .containsExactly(Operation.READ);
        assertThat(rights.on(TestingRights.holding("writer")).operations())
                .containsExactlyInAnyOrder(Operation.READ, Operation.UPDATE);
        assertThat(rights.on(TestingRights.holding("boss")).operations()).isEmpty();
    }

    @Test
    void thePlatformAndItsAdministratorsMayEverything() {
        TestingRights rights = TestingRights.of("permission_sets: {}");

        assertThat(rights.on(Session.system(Session.DEFAULT_TENANT, Origin.JOB))).isEqualTo(HeldRights.ALL);
    }

    @Test
    void aGrantThatCannotBeReadGrantsNothing() {
        TestingRights rights = TestingRights.of("permission_sets: {sales: {allowRead: " + UNREADABLE + "}}");

        assertThat(rights.on(TestingRights.holding("sales")).rows(Operation.READ)).isEqualTo(RowFilter.NOTHING);
    }

    @Test
    void aGrantingRuleThatCannotBeReadGrantsNothing() {
        TestingRights rights = TestingRights.of("""
                permission_sets: {sales: {allowRead: [{field: stage, equals: open}]}}
                record_rules: [{name: more, condition: %s}]
                """.formatted(UNREADABLE));
        TestingRights without = TestingRights
                .of("permission_sets: {sales: {allowRead: [{field: stage, equals: open}]}}");

        assertThat(rights.on(TestingRights.holding("sales")).rows(Operation.READ)).isInstanceOf(RowFilter.Where.class);
        assertThat(without.on(TestingRights.holding("sales")).rows(Operation.READ)).isInstanceOf(RowFilter.Where.class);
    }

    @Test
    void aRestrictingRuleThatCannotBeReadRestrictsEverything() {
        HeldRights held = TestingRights.of("""
                permission_sets: {sales: {allowRead: true, allowEdit: true}}
                record_rules: [{name: less, condition: %s, permissions: {update: false}}]
                """.formatted(UNREADABLE)).on(TestingRights.holding("sales"));

        assertThat(held.rows(Operation.READ)).isEqualTo(RowFilter.EVERYTHING);
        assertThat(held.rows(Operation.UPDATE)).isEqualTo(RowFilter.NOTHING);
    }

    @Test
    void rowSecurityThatCannotBeReadLeavesNothing() {
        HeldRights held = TestingRights.of("""
                permission_sets: {sales: {allowRead: true}}
                row_level_security: {default_rule: %s, exceptions: [{role: boss, bypass: true}]}
                """.formatted(UNREADABLE)).on(TestingRights.holding("sales"));

        assertThat(held.rows(Operation.READ)).isEqualTo(RowFilter.NOTHING);
    }

    @Test
    void fieldsAreTakenAwayOnlyByAllSetsThatGrant() {
        TestingRights rights = TestingRights.of("""
                permission_sets:
                  sales: {allowRead: true, allowEdit: true, fields: {amount: {read: false}}}
                  clerk: {allowRead: true, allowEdit: true, fields: {amount: {update: false}}}
                  mute:  {fields: {amount: {read: true}}}
                field_permissions: {name: {update: [boss]}}
                """);

        assertThat(rights.on(TestingRights.holding("sales")).hidden()).containsExactly("amount");
        assertThat(rights.on(TestingRights.holding("sales", "mute")).hidden()).containsExactly("amount");
        assertThat(rights.on(TestingRights.holding("sales", "clerk")).hidden()).isEmpty();
        assertThat(rights.on(TestingRights.holding("clerk")).locked(Operation.UPDATE))
                .containsExactlyInAnyOrder("amount", "name");
        assertThat(rights.on(TestingRights.holding("sales", "boss")).locked(Operation.UPDATE)).doesNotContain("name");
    }
}
