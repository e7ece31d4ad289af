package dev.objectos.permissions.conformance;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        BatchResult result;
        try {
            result = harness.records().batch(batch, PermissionHarness.session(person));
        } catch (PlatformException e) {
            Expected expected = expected(batch, null);
            return batch.atomic() && expected.verdicts().stream().anyMatch(v -> v.refusals().contains(e.code()))
                    ? Comparison.storedDifference(harness, expected.after())
                    : Optional.of("the batch is refused with " + e.code() + " (" + e.message() + "), expected "
                            + expected.verdicts().stream().map(Comparison::told).toList());
        }
        Expected expected = expected(batch, result);
        return agree(batch, expected.verdicts(), result.outcomes())
                ? Comparison.storedDifference(harness, expected.after())
                : Optional.of("outcomes\n  " + result.outcomes() + "\nexpected\n  "
                        + expected.verdicts().stream().map(Comparison::told).toList());
    }

    private record Expected(List<Verdict> verdicts, World after) {}

    /** @param result for the ids of what is made; null: nothing is */
    private Expected expected(Batch batch, @Nullable BatchResult result) {
        var verdicts = new ArrayList<Verdict>();
        World after = world;
        boolean stopped = false;
        for (int i = 0; i < batch.mutations().size(); i++) {
            UUID made = result != null && result.outcomes().get(i) instanceof Outcome.Done(UUID id, var _, var _)
                    ? id
                    : null;
            Verdict verdict = new ReferenceWrites(new ReferenceRights(rules, after, person))
                    .change(batch.mutations().get(i), made);
            verdicts.add(verdict);
            stopped |= verdict.refused();
            if (!stopped || (!batch.atomic() && batch.continueOnError())) {
                after = verdict.after();
            }
        }
        return new Expected(verdicts, batch.atomic() && stopped ? world : after);
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
