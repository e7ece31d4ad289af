package dev.objectos.permissions.conformance;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same for several changes at once. */
final class BatchComparison {

    private final PermissionHarness harness;
    private final Rules rules;
    private final World world;
    private final Person person;

    BatchComparison(PermissionHarness harness, Rules rules, World world, Person person) {
        this.harness = harness;
        this.rules = rules;
        this.world = world;
        this.person = person;
    }

    Optional<String> difference(Batch batch) {
        var verdicts = new ArrayList<Verdict>();
        World after = world;
        boolean stopped = false;
        for (var mutation : batch.mutations()) {
            Verdict verdict = new ReferenceWrites(new ReferenceRights(rules, after, person)).change(mutation);
            verdicts.add(verdict);
            stopped |= verdict.refused();
            if (!stopped || (!batch.atomic() && batch.continueOnError())) {
                after = verdict.after();
            }
        }
        if (batch.atomic() && stopped) {
            after = world;
        }
        BatchResult result;
        try {
            result = harness.records().batch(batch, PermissionHarness.session(person));
        } catch (PlatformException e) {
            return batch.atomic() && verdicts.stream().anyMatch(verdict -> verdict.refusals().contains(e.code()))
                    ? Comparison.storedDifference(harness, after)
                    : Optional.of("the batch is refused with " + e.code() + " (" + e.message() + "), expected "
                            + verdicts.stream().map(Comparison::told).toList());
        }
        return agree(batch, verdicts, result.outcomes())
                ? Comparison.storedDifference(harness, after)
                : Optional.of("outcomes\n  " + result.outcomes() + "\nexpected\n  "
                        + verdicts.stream().map(Comparison::told).toList());
    }

    private static boolean agree(Batch batch, List<Verdict> verdicts, List<Outcome> outcomes) {
        boolean refused = false;
        boolean fails = verdicts.stream().anyMatch(Verdict::refused);
        boolean named = outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Refused);
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            boolean agrees = switch (outcomes.get(i)) {
                case Outcome.Done _ -> !verdict.refused() && !(batch.atomic() && fails);
                case Outcome.Refused(var _, PlatformException reason) -> verdict.refusals().contains(reason.code());
                case Outcome.RolledBack _ -> batch.atomic() && fails && named;
                case Outcome.Skipped _ -> !batch.atomic() && !batch.continueOnError() && refused;
            };
            if (!agrees) {
                return false;
            }
            refused |= verdict.refused();
        }
        return true;
    }
}
