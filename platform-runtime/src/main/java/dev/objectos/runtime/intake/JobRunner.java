package dev.objectos.runtime.intake;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.intake.JobClaims.Chunk;
import dev.objectos.runtime.intake.JobClaims.Claim;
import dev.objectos.runtime.intake.JobClaims.Written;
import dev.objectos.runtime.pipeline.BatchLedger;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.UserSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a claimed job, part by part, from where it was left. */
final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String NOBODY = "Who asked for it may not sign in any more";

    private final JobClaims claims;
    private final RecordImporter importer;
    private final WritePipeline writes;
    private final Supplier<Optional<UserSessions>> sessions;

    JobRunner(JobClaims claims, RecordImporter importer, WritePipeline writes,
            Supplier<Optional<UserSessions>> sessions) {
        this.claims = claims;
        this.importer = importer;
        this.writes = writes;
        this.sessions = sessions;
    }

    /**
     * Works until the job is done, or until it should not go on.
     *
     * @param stopping whether the server is about to stop
     */
    void run(Claim claim, BooleanSupplier stopping) {
        Asker undoing = claim.undoing();
        try {
            if (undoing != null) {
                undo(claim, undoing, stopping);
            } else {
                load(claim, stopping);
            }
        } catch (LostClaimException e) {
            LOG.info("The import {} goes on elsewhere", claim.job());
        } catch (PlatformException e) {
            boolean passing = e.code().kind() == ErrorKind.UNAVAILABLE || e.code().kind() == ErrorKind.INTERNAL;
            if (passing && claim.attempts() < JobClaims.ATTEMPTS) {
                LOG.warn("The import {} waits: {}", claim.job(), e.toString());
                claims.release(claim, PAUSE.multipliedBy(claim.attempts()));
            } else {
                fail(claim, e.message());
            }
        } catch (RuntimeException e) {
            LOG.error("The import {} has failed", claim.job(), e);
            if (claim.attempts() < JobClaims.ATTEMPTS) {
                claims.release(claim, PAUSE.multipliedBy(claim.attempts()));
            } else {
                fail(claim, "Something went wrong on the server; its log says more");
            }
        }
    }

    private void fail(Claim claim, String reason) {
        if (claim.undoing() == null) {
            claims.end(claim, "failed", reason);
        } else {
            LOG.warn("The import {} cannot be undone any further: {}", claim.job(), reason);
            claims.reverted(claim);
        }
    }

    private void load(Claim claim, BooleanSupplier stopping) {
        if (claim.cancelWanted()) {
            claims.end(claim, "cancelled", null);
            return;
        }
        Optional<Session> session = claim.asker().session(sessions);
        if (session.isEmpty()) {
            claims.end(claim, "failed", NOBODY);
            return;
        }
        Instruction instruction = claim.instruction();
        RowImport rows = importer.prepare(instruction.order(), instruction.columns(), session.get());
        for (Optional<Chunk> chunk = claims.chunk(claim); chunk.isPresent(); chunk = claims.chunk(claim)) {
            if (stopping.getAsBoolean()) {
                claims.release(claim, Duration.ZERO);
                return;
            }
            write(claim, rows, chunk.get());
            if (claims.complete(claim, chunk.get())) {
                claims.end(claim, "cancelled", null);
                return;
            }
        }
        claims.end(claim, "succeeded", null);
    }

    private void write(Claim claim, RowImport into, Chunk chunk) {
        boolean trial = claim.instruction().order().dryRun();
        BatchLedger ledger = trial ? BatchLedger.NONE : new ResultLedger(claim.tenant(), claim.job());
        Set<Integer> settled = claims.settled(claim, chunk.rows().getFirst().number(),
                chunk.rows().getLast().number());
        List<ImportRow> left = chunk.rows().stream().filter(row -> !settled.contains(row.number())).toList();
        for (List<ImportRow> part : into.parts(left)) {
            claims.settle(claim, into.write(part, ledger).stream().filter(outcome -> trial || !written(outcome))
                    .toList());
        }
    }

    private static boolean written(ImportOutcome outcome) {
        return switch (outcome.action()) {
            case CREATED, UPDATED -> true;
            case SKIPPED, FAILED -> false;
        };
    }

    private void undo(Claim claim, Asker asker, BooleanSupplier stopping) {
        Optional<Session> session = asker.session(sessions);
        if (session.isEmpty()) {
            fail(claim, NOBODY);
            return;
        }
        String object = claim.instruction().order().object();
        List<Written> some = claims.undoable(claim, RowImport.TOGETHER);
        while (!some.isEmpty()) {
            if (stopping.getAsBoolean()) {
                claims.release(claim, Duration.ZERO);
                return;
            }
            putBack(claim, object, some, session.get());
            some = claims.undoable(claim, RowImport.TOGETHER);
        }
        claims.reverted(claim);
    }

    private void putBack(Claim claim, String object, List<Written> some, Session session) {
        var changes = new ArrayList<Mutation>();
        var changed = new ArrayList<UUID>();
        var untouched = new ArrayList<UUID>();
        for (Written record : some) {
            var expected = new Expected.Version(record.version());
            if (record.made()) {
                changes.add(new Mutation.Delete(object, record.id(), expected));
                changed.add(record.id());
            } else if (record.before().isEmpty()) {
                untouched.add(record.id());
            } else {
                changes.add(new Mutation.Update(object, record.id(), record.before(), expected));
                changed.add(record.id());
            }
        }
        Map<UUID, String> failed = new LinkedHashMap<>();
        List<Outcome> outcomes = writes.batch(new Batch(changes, false, true, false), session,
                new ResultLedger.Undone(claim.tenant(), claim.job())).outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused refused) {
                failed.put(changed.get(i), refused.reason().message());
            }
        }
        claims.undone(claim, failed, untouched);
    }
}
