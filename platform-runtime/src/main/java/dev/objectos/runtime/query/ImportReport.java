package dev.objectos.runtime.query;

import java.util.List;

/**
 * What became of the rows of a file, in their order.
 *
 * @param object canonical name
 * @param ignored columns that hold nothing to be written: what the platform computes or keeps itself
 */
public record ImportReport(String object, boolean dryRun, ImportOrder.WriteMode writeMode, List<String> ignored,
        List<ImportOutcome> outcomes) {

    public ImportReport {
        ignored = List.copyOf(ignored);
        outcomes = List.copyOf(outcomes);
    }

    /** How many rows have had that outcome. */
    public long count(ImportOutcome.Action action) {
        return outcomes.stream().filter(outcome -> outcome.action() == action).count();
    }
}
