package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportReport;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.query.Mutation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The same for rows that become records, one after the other. */
final class ImportComparison {

    private final PermissionHarness harness;
    private final Rules rules;
    private final World world;
    private final Person person;
    private final ReferenceRights rights;
    private final ReferenceFields fields;

    ImportComparison(PermissionHarness harness, Rules rules, World world, Person person) {
        this.harness = harness;
        this.rules = rules;
        this.world = world;
        this.person = person;
        this.rights = new ReferenceRights(rules, world, person);
        this.fields = new ReferenceFields(rights);
    }

    Optional<String> difference(Request.Import rows) {
        Set<ErrorCode> refusals = refusals(rows);
        ImportReport report;
        try {
            report = harness.imports().run(rows.order(), rows.columns(), rows.rows(),
                    PermissionHarness.session(person));
        } catch (PlatformException e) {
            return refusals.contains(e.code())
                    ? Comparison.storedDifference(harness, world)
                    : Optional.of("the import is refused with " + e.code() + " (" + e.message() + "), expected "
                            + refusals);
        }
        if (!refusals.isEmpty()) {
            return Optional.of("imported " + report.outcomes() + ", expected a refusal with " + refusals);
        }
        World after = world;
        for (int i = 0; i < rows.rows().size(); i++) {
            ImportOutcome outcome = report.outcomes().get(i);
            Verdict expected = row(rows.order(), rows.rows().get(i), outcome, after);
            if (!agrees(expected, outcome, after, rows.order().object())) {
                return Optional.of("row " + (i + 1) + " became " + outcome + ", expected " + Comparison.told(expected));
            }
            after = expected.after();
        }
        return Comparison.storedDifference(harness, after);
    }

    private Set<ErrorCode> refusals(Request.Import rows) {
        String object = rows.order().object();
        boolean creates = rows.order().writeMode() != WriteMode.UPDATE && rights.possible(object, Operation.CREATE);
        boolean updates = rows.order().writeMode() != WriteMode.INSERT && rights.possible(object, Operation.UPDATE);
        if (!creates && !updates) {
            return Set.of(RuntimeError.PERMISSION_DENIED);
        }
        var refusals = new HashSet<ErrorCode>();
        if (rows.columns().stream().anyMatch(column -> !fields.seenToWrite(object, column))) {
            refusals.add(RuntimeError.INVALID_FIELD);
        } else if (rows.order().matchFields().stream().anyMatch(name -> fields.mask(object, name) != null)) {
            refusals.add(RuntimeError.INVALID_REQUEST);
        }
        return refusals;
    }

    private Verdict row(ImportOrder order, ImportRow row, ImportOutcome outcome, World before) {
        String object = order.object();
        var values = new LinkedHashMap<String, @Nullable Object>();
        row.cells().forEach((name, cell) -> {
            Schema.Field field = world.schema().fields(object).get(name);
            // What nobody writes, or nobody sees, is left out.
            if (field != null && !field.derived() && !(field.kind() instanceof Kind.Platform)
                    && fields.mask(object, name) == null) {
                values.put(name, RandomPaths.read(field, cell));
            }
        });
        if (values.isEmpty()) {
            return new Verdict(Set.of(), null, before);
        }
        List<String> match = order.matchFields();
        boolean matches = order.writeMode() != WriteMode.INSERT && values.keySet().containsAll(match);
        if (!matches && order.writeMode() == WriteMode.UPDATE) {
            return new Verdict(Set.of(RuntimeError.RECORD_NOT_FOUND), null, before);
        }
        Mutation mutation = matches
                ? new Mutation.Upsert(object, new Mutation.Match.Fields(match), values, Set.of(),
                        order.writeMode() == WriteMode.UPSERT)
                : new Mutation.Create(object, values);
        return new ReferenceWrites(new ReferenceRights(rules, before, person)).change(mutation, outcome.id());
    }

    private static boolean agrees(Verdict expected, ImportOutcome outcome, World before, String object) {
        return switch (outcome.action()) {
            case CREATED -> !expected.refused() && before.find(object, outcome.id()) == null;
            case UPDATED -> !expected.refused() && before.find(object, outcome.id()) != null;
            case SKIPPED -> outcome.code() == null
                    ? !expected.refused() && expected.after() == before
                    : expected.refusals().contains(RuntimeError.RECORD_NOT_FOUND);
            case FAILED -> expected.refusals().stream().anyMatch(code -> code.name().equals(outcome.code()));
        };
    }
}
