package dev.objectos.permissions.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.permissions.PermissionRewriter;
import dev.objectos.permissions.PermissionRights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of permissions hold where the permissions do, and name their line where they do not. */
class PermissionTestsTest {

    private static final String OBJECT = """
            name: deals
            fields:
              name:   {type: text}
              stage:  {type: select, options: [open, won]}
              cost:   {type: number, permissions: {visible_to: [boss]}}
              margin: {type: formula, expression: "10 - record.cost", return_type: number}
              until:  {type: date}
              parent: {type: lookup, reference_to: deals}
            sharing: private
            permission_sets:
              sales: {allowRead: true, allowCreate: [{field: stage, equals: open}], allowEdit: [{field: stage, equals: open}]}
              boss:  {allowRead: true, viewAllRecords: true}
              child: {allowRead: [{field: parent.stage, equals: won}]}
              today: {allowRead: "${record.until >= today}"}
            """;

    private static final String RECORDS = """
            records:
              mine:    {owner: me, stage: open}
              won:     {owner: me, stage: won}
              theirs:  {owner: ada, stage: open}
              of_won:  {owner: ada, parent: {stage: won}}
              old:     {owner: ada, until: 2026-01-01}
              fresh:   {owner: ada, until: 2026-03-01}
            """;

    /** There is no database: what is tested is on paper. */
    private static final class NothingStored implements RecordFilters {

        @Override
        public Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session) {
            return Set.of();
        }

        @Override
        public long count(String object, RowFilter filter, Session session) {
            return 0;
        }
    }

    private static List<String> failures(String test) {
        return failuresOf(RECORDS + "tests:\n  - " + test);
    }

    private static List<String> failuresOf(String file) {
        Catalog catalog = TestingCatalogs
                .ofFiles(Map.of("deals.object.yml", OBJECT, "deals.permission-test.yml", file));
        var rights = new RightsByCatalog(_ -> List.of());
        var access = new GatheredRights(new FieldViews(() -> List.of(new PermissionRewriter(rights))),
                new ChangeRights(List.of(new PermissionRights(rights))), new NothingStored());
        var clock = Clock.fixed(Instant.parse("2026-02-01T12:00:00Z"), ZoneOffset.UTC);
        return new PermissionTests(access, clock).run(catalog).stream().map(Violation::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {name: x, as: [sales], may: [read, create, update], may_not: [delete]}
            {name: x, as: [sales], may: {read: [mine, won], update: [mine]}, may_not: {read: [theirs], update: [won, theirs]}}
            {name: x, as: [sales], may: {create: [mine, theirs]}, may_not: {create: [won]}}
            {name: x, as: {roles: [sales], subordinates: [ada]}, may: {read: [theirs], update: [theirs]}}
            {name: x, as: [boss], may: {read: [theirs, won]}, may_not: {update: [mine], delete: [mine]}}
            {name: x, as: [child], may: {read: [of_won]}, may_not: {read: [mine, theirs]}}
            {name: x, as: [today], may: {read: [fresh]}, may_not: {read: [old, mine]}}
            {name: x, as: [nobody], may_not: [create, read, update, delete], does_not_see: [name]}
            {name: x, as: [sales], sees: [name], does_not_see: [cost, margin], edits: [name], does_not_edit: [cost, margin]}
            {name: x, as: [boss], sees: [cost, margin], does_not_edit: [name]}
            """)
    void holds(String test) {
        assertThat(failures(test)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {name: x, as: [sales], may: [delete]}                 | the user may not delete
            {name: x, as: [sales], may_not: [read]}               | the user may read
            {name: x, as: [sales], may: {read: [theirs]}}         | the user may not read theirs
            {name: x, as: [sales], may_not: {update: [mine]}}     | the user may update mine
            {name: x, as: [sales], sees: [cost]}                  | the user does not see cost
            {name: x, as: [boss], does_not_see: [margin]}         | the user sees margin
            {name: x, as: [boss], edits: [name]}                  | the user may not edit name
            {name: x, as: [sales], does_not_edit: [name]}         | the user may edit name
            {name: x, as: [sales], may: {read: [hers]}}           | the tests describe no record 'hers'
            {name: x, as: [sales], sees: [csot]}                  | deals has no field 'csot'
            {name: x, as: [sales], may: [fly]}                    | 'fly' is no operation
            """)
    void saysWhatFailsAndWhere(String test, String message) {
        assertThat(failures(test)).singleElement().asString().startsWith("deals.permission-test.yml:9:")
                .contains("error", message);
    }

    @Test
    void aRecordIsDescribedWithFieldsThatThereAre() {
        assertThat(failuresOf("""
                records: {mine: {owner: me, stgae: open}}
                tests: [{name: x, as: [sales], may: [read]}]
                """)).singleElement().asString().contains("deals.permission-test.yml:1:", "no field 'stgae'");
    }

    @Test
    void thoseBelowOneTesterAreNotBelowAnother() {
        assertThat(failuresOf(RECORDS + """
                tests:
                  - {name: above, as: {roles: [sales], subordinates: [ada]}, may: {read: [theirs]}}
                  - {name: beside, as: [sales], may_not: {read: [theirs]}}
                """)).isEmpty();
    }
}
