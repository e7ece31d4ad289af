package dev.objectos.runtime.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportReport;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecordImports;
import dev.objectos.runtime.spi.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Imports rows while their sender waits, and prepares what jobs do later. */
public final class RecordImporter implements RecordImports {

    private final Catalogs catalogs;
    private final Records records;
    private final WritePipeline writes;
    private final ObjectRights rights;
    private final ChangeRights changes;

    public RecordImporter(Catalogs catalogs, Records records, WritePipeline writes, ObjectRights rights,
            ChangeRights changes) {
        this.catalogs = catalogs;
        this.records = records;
        this.writes = writes;
        this.rights = rights;
        this.changes = changes;
    }

    @Override
    public ImportReport run(ImportOrder order, Collection<String> columns, List<ImportRow> rows, Session session) {
        if (rows.size() > MOST_AT_ONCE) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "At most " + MOST_AT_ONCE
                    + " rows are imported at once; send more to /api/data/" + order.object() + "/import/jobs")
                    .about(order.object());
        }
        RowImport rowImport = prepare(order, columns, session);
        var outcomes = new ArrayList<ImportOutcome>(rows.size());
        if (order.dryRun() || order.atomic()) {
            outcomes.addAll(rowImport.together(rows));
        } else {
            for (List<ImportRow> part : rowImport.parts(rows)) {
                outcomes.addAll(rowImport.write(part));
            }
        }
        return new ImportReport(rowImport.object().name(), order.dryRun(), order.writeMode(), rowImport.ignored(),
                outcomes);
    }

    /**
     * Looks at everything but the rows.
     *
     * @throws PlatformException where no row could be imported so
     */
    RowImport prepare(ImportOrder order, Collection<String> columns, Session session) {
        Catalog catalog = catalogs.current();
        ObjectDefinition object = MutationPlanner.object(catalog, order.object());
        Session importing = session.through(Origin.IMPORT);
        ObjectAccess access = rights.of(object, importing, catalog);
        admit(order, object, access, importing, catalog);
        ImportColumns known = ImportColumns.of(catalog, object, access, order, columns);
        var reader = new RowReader(order, object, known, RowMatch.of(order, object, access, known),
                new CellReader(order, importing.zone()), new LookupNames(records, catalog, importing));
        return new RowImport(order, object, known, reader, writes, importing);
    }

    /** Whoever may import no row at all is told so at once, and not with each of them. */
    private void admit(ImportOrder order, ObjectDefinition object, ObjectAccess access, Session session,
            Catalog catalog) {
        PlatformException refusal = null;
        for (ChangeAction action : switch (order.writeMode()) {
            case INSERT -> List.of(ChangeAction.CREATE);
            case UPDATE -> List.of(ChangeAction.UPDATE);
            case UPSERT -> List.of(ChangeAction.CREATE, ChangeAction.UPDATE);
        }) {
            try {
                changes.admit(object, action, session, catalog);
                if (access.changes().contains(action)) {
                    return;
                }
            } catch (PlatformException e) {
                refusal = e;
            }
        }
        throw refusal == null
                ? new PlatformException(RuntimeError.PERMISSION_DENIED,
                        "You may not import " + object.pluralLabel() + " in this way").about(object.name())
                : refusal;
    }
}
