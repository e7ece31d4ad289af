package dev.objectos.runtime.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.pipeline.BatchLedger;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One import under way: reads rows and writes what they mean. */
final class RowImport {

    /** Rows of one transaction. */
    static final int TOGETHER = 1_000;

    private static final String ROLLED_BACK = "ROLLED_BACK";

    private final ImportOrder order;
    private final ObjectDefinition object;
    private final ImportColumns columns;
    private final RowReader reader;
    private final WritePipeline writes;
    private final Session session;

    RowImport(ImportOrder order, ObjectDefinition object, ImportColumns columns, RowReader reader,
            WritePipeline writes, Session session) {
        this.order = order;
        this.object = object;
        this.columns = columns;
        this.reader = reader;
        this.writes = writes;
        this.session = session;
    }

    ObjectDefinition object() {
        return object;
    }

    List<String> ignored() {
        return columns.ignored();
    }

    /** The rows in parts; one that names a record which a row before it may make begins a new part. */
    List<List<ImportRow>> parts(List<ImportRow> rows) {
        var parts = new ArrayList<List<ImportRow>>();
        var part = new ArrayList<ImportRow>();
        var given = new HashSet<String>();
        for (ImportRow row : rows) {
            Set<String> named = reader.ownNames(row);
            if (part.size() == TOGETHER || named.stream().anyMatch(given::contains)) {
                parts.add(List.copyOf(part));
                part.clear();
                given.clear();
            }
            part.add(row);
            given.addAll(reader.givenNames(row));
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }

    /** Writes rows that are worth a transaction together; those that are refused keep no other from being written. */
    List<ImportOutcome> write(List<ImportRow> rows) {
        return write(rows, new Way(false, false), BatchLedger.NONE);
    }

    /** The same, with somebody who keeps account of it; the places of its entries are the numbers of the rows. */
    List<ImportOutcome> write(List<ImportRow> rows, BatchLedger ledger) {
        return write(rows, new Way(false, order.dryRun()), ledger);
    }

    /** Writes all rows in one transaction, or tries to. */
    List<ImportOutcome> together(List<ImportRow> rows) {
        return write(rows, new Way(order.atomic(), order.dryRun()), BatchLedger.NONE);
    }

    private record Way(boolean atomic, boolean trial) {}

    private List<ImportOutcome> write(List<ImportRow> rows, Way way, BatchLedger ledger) {
        List<RowReader.Meaning> meanings = reader.read(rows);
        var changes = new ArrayList<Mutation>();
        var numbers = new ArrayList<Integer>();
        boolean refused = false;
        for (int i = 0; i < rows.size(); i++) {
            switch (meanings.get(i)) {
                case RowReader.Meaning.Change(Mutation mutation) -> {
                    changes.add(mutation);
                    numbers.add(rows.get(i).number());
                }
                case RowReader.Meaning.Settled(ImportOutcome outcome) ->
                    refused |= outcome.action() == ImportOutcome.Action.FAILED;
            }
        }
        List<Outcome> results = way.atomic() && refused
                ? changes.stream().<Outcome>map(_ -> new Outcome.RolledBack(null)).toList()
                : writes.batch(new Batch(changes, way.atomic(), !way.atomic(), false, way.trial()), session,
                        renumbered(ledger, numbers)).outcomes();
        var outcomes = new ArrayList<ImportOutcome>(rows.size());
        int next = 0;
        for (int i = 0; i < rows.size(); i++) {
            outcomes.add(switch (meanings.get(i)) {
                case RowReader.Meaning.Change _ -> outcome(rows.get(i).number(), changes.get(next),
                        results.get(next++), way.trial());
                case RowReader.Meaning.Settled(ImportOutcome outcome) -> outcome;
            });
        }
        return outcomes;
    }

    private static BatchLedger renumbered(BatchLedger ledger, List<Integer> numbers) {
        return ledger == BatchLedger.NONE
                ? ledger
                : (connection, entries) -> ledger.note(connection,
                        entries.stream().map(entry -> new BatchLedger.Entry(numbers.get(entry.index()), entry.id(),
                                entry.created(), entry.version(), entry.before())).toList());
    }

    private static ImportOutcome outcome(int row, Mutation change, Outcome result, boolean trial) {
        return switch (result) {
            case Outcome.Done(UUID id, boolean created, _) -> {
                boolean made = created || change instanceof Mutation.Create;
                yield ImportOutcome.written(row, made, trial && made ? null : id);
            }
            case Outcome.Refused(@Nullable UUID _, PlatformException reason) when reason
                    .code() == RuntimeError.RECORD_NOT_FOUND ->
                ImportOutcome.skipped(row, null, reason.code().name(), reason.message());
            case Outcome.Refused(@Nullable UUID id, PlatformException reason) -> ImportOutcome.failed(row, id, reason);
            case Outcome.RolledBack _,Outcome.Skipped _ -> ImportOutcome.skipped(row, null, ROLLED_BACK,
                    "Not written because another row was refused");
        };
    }
}
