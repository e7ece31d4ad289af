package dev.objectos.runtime.spi;

import dev.objectos.runtime.query.ImportJob;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Imports in the background, of any length. A job acts for who has asked for it, with the rights that they have while it is done.
 * It is seen by them and by those who administer the tenant; for everybody else there is none.
 */
public interface ImportJobs {

    /**
     * Stores rows to be imported.
     *
     * @param rows read to their end before this returns
     * @throws dev.objectos.runtime.PlatformException where no row could be imported so; then nothing is stored
     */
    ImportJob submit(ImportOrder order, Collection<String> columns, Iterator<ImportRow> rows, Session session);

    /** Jobs that the session sees, newest first. */
    List<ImportJob> list(Wanted wanted, Session session);

    Optional<ImportJob> get(UUID id, Session session);

    /**
     * What became of its rows: first those that failed, then those left out, then the others, each in their order.
     *
     * @param action only rows with that outcome; null: all
     */
    List<ImportOutcome> results(UUID id, ImportOutcome.@Nullable Action action, int limit, int offset, Session session);

    /** Ends a job after the rows that are being written; one that has ended is left as it is. */
    ImportJob cancel(UUID id, Session session);

    /**
     * Deletes what a job has made and puts back what it has changed, with the rights of the session, save for records that have
     * been changed since. A long job is still being undone when this returns.
     *
     * @throws dev.objectos.runtime.PlatformException where it is not {@link ImportJob#undoable}
     */
    ImportJob undo(UUID id, Session session);

    /**
     * Which jobs are asked for.
     *
     * @param object null: of any
     * @param status null: in any
     */
    record Wanted(@Nullable String object, ImportJob.@Nullable Status status, int limit, int offset) {}
}
