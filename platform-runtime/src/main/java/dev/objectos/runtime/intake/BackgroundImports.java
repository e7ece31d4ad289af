package dev.objectos.runtime.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.query.ImportJob;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ImportJobs;
import dev.objectos.runtime.spi.UserSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps jobs in the database, and works them off on this node, one at a time. */
public final class BackgroundImports implements ImportJobs, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundImports.class);

    private static final int MOST_ROWS = 1_000_000;
    private static final int MOST_UNFINISHED = 50;
    private static final int MOST_RESULTS = 10_000;

    /** Undone while the caller waits. */
    private static final int UNDONE_AT_ONCE = 10_000;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long POLL_SECONDS = 2;
    private static final long PURGE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final JobTables tables;
    private final JobClaims claims;
    private final RecordImporter importer;
    private final JobRunner runner;
    private final Duration keep;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("objectos-imports").unstarted(this::loop);
    private volatile boolean closed;

    /**
     * @param worker connections of the role that may see the platform's tables
     * @param sessions as whom people would act; empty where nobody knows
     * @param settings how long jobs are claimed and kept
     */
    public BackgroundImports(DataSource worker, RecordImporter importer, WritePipeline writes,
            Supplier<Optional<UserSessions>> sessions, ImportProperties settings) {
        this.tables = new JobTables(worker);
        this.claims = new JobClaims(worker, settings.claim());
        this.importer = importer;
        this.runner = new JobRunner(claims, importer, writes, sessions);
        this.keep = settings.keep();
    }

    /** Begins to look for jobs. */
    public void start() {
        thread.start();
    }

    /** Waits for the rows that are being written; another worker goes on with the others. */
    @Override
    public void close() {
        closed = true;
        work.release();
        try {
            if (!thread.join(Duration.ofSeconds(20))) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ImportJob submit(ImportOrder order, Collection<String> columns, Iterator<ImportRow> rows, Session session) {
        if (order.atomic()) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A job writes its rows in parts; \"atomic\" belongs to imports that are waited for");
        }
        String object = importer.prepare(order, columns, session).object().name();
        Asker asker = Asker.of(session);
        if (tables.unfinished(asker.tenant()) >= MOST_UNFINISHED) {
            throw new PlatformException(RuntimeError.RATE_LIMITED,
                    "There are " + MOST_UNFINISHED + " imports that have not ended; try again later");
        }
        UUID job = tables.open(asker, new Instruction(order, List.copyOf(columns)));
        try {
            tables.ready(asker.tenant(), job, store(asker.tenant(), job, rows, object));
        } catch (RuntimeException e) {
            tables.remove(asker.tenant(), job);
            throw e;
        }
        work.release();
        return require(job, session);
    }

    private int store(UUID tenant, UUID job, Iterator<ImportRow> rows, String object) {
        int total = 0;
        int chunks = 0;
        var chunk = new ArrayList<ImportRow>();
        while (rows.hasNext()) {
            if (++total > MOST_ROWS) {
                throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                        "A job imports at most " + MOST_ROWS + " rows; send the file in parts").about(object);
            }
            chunk.add(rows.next());
            if (chunk.size() == RowImport.TOGETHER) {
                tables.store(tenant, job, chunks++, JobClaims.json(chunk));
                chunk.clear();
            }
        }
        if (!chunk.isEmpty()) {
            tables.store(tenant, job, chunks, JobClaims.json(chunk));
        }
        return total;
    }

    @Override
    public List<ImportJob> list(Wanted wanted, Session session) {
        return tables.list(session.tenant(), wanted, only(session));
    }

    @Override
    public Optional<ImportJob> get(UUID id, Session session) {
        return tables.get(session.tenant(), id, only(session));
    }

    @Override
    public List<ImportOutcome> results(UUID id, ImportOutcome.@Nullable Action action, int limit, int offset,
            Session session) {
        require(id, session);
        if (limit < 1 || limit > MOST_RESULTS || offset < 0) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The limit is from 1 to " + MOST_RESULTS + ", the offset at least 0");
        }
        return tables.results(session.tenant(), id, action, limit, offset);
    }

    @Override
    public ImportJob cancel(UUID id, Session session) {
        require(id, session);
        tables.cancel(session.tenant(), id);
        return require(id, session);
    }

    @Override
    public ImportJob undo(UUID id, Session session) {
        ImportJob job = require(id, session);
        if (!job.undoable() || !tables.wantUndo(id, Asker.of(session))) {
            throw new PlatformException(RuntimeError.IMPORT_NOT_UNDOABLE, job.status().ended()
                    ? "There is nothing to undo: the import wrote nothing, was a dry run, or has been undone"
                    : "The import has not ended; cancel it first").about(job.object());
        }
        if (job.created() + job.updated() <= UNDONE_AT_ONCE) {
            claims.claim(session.tenant(), id).ifPresent(claim -> runner.run(claim, () -> closed));
            return awaitReverted(id, session);
        }
        work.release();
        return require(id, session);
    }

    /** Somebody else may have claimed it in between. */
    private ImportJob awaitReverted(UUID id, Session session) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        ImportJob job = require(id, session);
        while (job.revertedAt() == null && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
            job = require(id, session);
        }
        return job;
    }

    private ImportJob require(UUID id, Session session) {
        return get(id, session).orElseThrow(
                () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such import"));
    }

    /** Whose jobs alone are seen; null: those of all. */
    private static @Nullable UUID only(Session session) {
        return session.may(SystemPermission.MANAGE_DATA) ? null : session.userId();
    }

    private void loop() {
        long purged = System.nanoTime() - PURGE_NANOS;
        boolean failing = false;
        while (!closed) {
            try {
                while (!closed) {
                    Optional<JobClaims.Claim> claim = claims.next();
                    if (claim.isEmpty()) {
                        break;
                    }
                    runner.run(claim.get(), () -> closed);
                }
                if (System.nanoTime() - purged > PURGE_NANOS) {
                    purged = System.nanoTime();
                    claims.purge(keep);
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && !closed) {
                    LOG.warn("Imports wait: {}", e.toString());
                }
                failing = true;
            }
            try {
                if (work.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS)) {
                    work.drainPermits();
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }
}
