package dev.objectos.runtime.derived;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.schema.PublicationListener;
import dev.objectos.runtime.schema.SchemaPlan;
import dev.objectos.runtime.sql.WriteExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the values of derived fields for the records that were there before the field, or before its definition of
 * today. What has to be computed is noted before the first step of a publication; what was interrupted is carried on by
 * the next one.
 *
 * <p>
 * Numbers come before the snapshot is swapped, so that old records get lower ones than new records. Summaries come after
 * the swap, and after the last write that follows an earlier snapshot: only then does every write keep them up to date,
 * locking the parent. Whatever it adds before that parent's turn is overwritten with the sum of all children, in which it
 * is contained; whatever it adds later, it adds to that.
 */
public final class DerivedValues implements PublicationListener {

    private static final Logger LOG = LoggerFactory.getLogger(DerivedValues.class);

    private final DerivedFieldLedger ledger;
    private final SummaryComputation summaries;
    private final Numbering numbering;

    public DerivedValues(Databases databases, WriteExecutor writes, Clock clock) {
        this.ledger = new DerivedFieldLedger(databases.owner());
        this.summaries = new SummaryComputation(databases.owner(), writes, ledger, clock);
        this.numbering = new Numbering(databases.owner(), writes);
    }

    @Override
    public void begins(Connection connection, Catalog next, SchemaPlan plan) throws SQLException {
        Map<DerivedField.Key, DerivedFieldLedger.Entry> known = DerivedFieldLedger.read(connection);
        for (DerivedField field : DerivedField.of(next)) {
            DerivedFieldLedger.Entry entry = known.remove(field.key());
            if (plan.creates(field.object().name())) {
                DerivedFieldLedger.enter(connection, field, true);
            } else if (entry == null || !entry.definition().equals(field.definition())
                    || field.columns().stream()
                            .anyMatch(column -> plan.rewrites(column.object(), column.name()))) {
                DerivedFieldLedger.enter(connection, field, false);
            }
        }
        for (DerivedField.Key gone : known.keySet()) {
            // Nobody keeps its values while it is away; should it come back, they are stale.
            DerivedFieldLedger.forget(connection, gone);
        }
    }

    /** Before the swap: numbers the records that have none. */
    public void beforeSwap(Catalog next) {
        compute(next, (field, _) -> {
            if (field instanceof DerivedField.Number number) {
                numbering.run(next, number);
            }
        });
    }

    /** After the swap, and after the last write that does not know it: computes everything that is missing. */
    public void afterSwap(Catalog current) {
        compute(current, (field, entry) -> {
            switch (field) {
                case DerivedField.Summary summary -> summaries.run(current, summary, entry);
                // Those that were made while the others were numbered.
                case DerivedField.Number number -> numbering.run(current, number);
            }
            ledger.complete(entry);
        });
    }

    /** What fails is left for the next publication, for everything else about the snapshot is fit for use. */
    private void compute(Catalog catalog, Computation computation) {
        try {
            Map<DerivedField.Key, DerivedFieldLedger.Entry> known = ledger.read();
            for (DerivedField field : DerivedField.of(catalog)) {
                DerivedFieldLedger.Entry entry = known.get(field.key());
                if (entry != null && !entry.complete() && entry.definition().equals(field.definition())) {
                    attempt(field, entry, computation);
                }
            }
        } catch (SQLException e) {
            LOG.error("What has to be computed for existing records could not be read", e);
        }
    }

    private void attempt(DerivedField field, DerivedFieldLedger.Entry entry, Computation computation)
            throws SQLException {
        try {
            computation.run(field, entry);
        } catch (SQLException | PlatformException e) {
            LOG.error("The values of {}.{} could not be computed for all existing records; the next start tries again",
                    field.object().name(), field.field().name(), e);
            ledger.fail(entry, String.valueOf(e.getMessage()));
        }
    }

    /** Computes what is missing of one field. */
    @FunctionalInterface
    private interface Computation {

        void run(DerivedField field, DerivedFieldLedger.Entry entry) throws SQLException;
    }
}
