package dev.objectos.server.intake;

import dev.objectos.runtime.query.ImportJob;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportReport;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shapes in which imports are answered. */
final class ImportAnswers {

    private ImportAnswers() {}

    /** {@code {"object","dryRun","writeMode","total","ok","created","updated","skipped","errors","ignored","results"}}. */
    static JsonAnswer report(ImportReport report) {
        long created = report.count(ImportOutcome.Action.CREATED);
        long updated = report.count(ImportOutcome.Action.UPDATED);
        JsonAnswer answer = new JsonAnswer(256 + 96 * report.outcomes().size()).beginObject()
                .text("object", report.object()).name("dryRun").bool(report.dryRun())
                .text("writeMode", word(report.writeMode())).name("total").number(report.outcomes().size()).name("ok")
                .number(created + updated).name("created").number(created).name("updated").number(updated)
                .name("skipped").number(report.count(ImportOutcome.Action.SKIPPED)).name("errors")
                .number(report.count(ImportOutcome.Action.FAILED)).treeIfAny("ignored", report.ignored())
                .name("results");
        return results(answer, report.outcomes()).endObject();
    }

    /** A job and how far it is; {@code id} and {@code jobId} are the same. */
    static JsonAnswer job(ImportJob job) {
        return members(new JsonAnswer(640).beginObject(), job).endObject();
    }

    /** {@code {"jobs":[…]}}. */
    static JsonAnswer jobs(List<ImportJob> jobs) {
        JsonAnswer answer = new JsonAnswer(64 + 640 * jobs.size()).beginObject().name("jobs").beginArray();
        jobs.forEach(job -> members(answer.beginObject(), job).endObject());
        return answer.endArray().endObject();
    }

    /** A job and what became of some of its rows. */
    static JsonAnswer results(ImportJob job, List<ImportOutcome> outcomes, boolean more) {
        JsonAnswer answer = members(new JsonAnswer(640 + 96 * outcomes.size()).beginObject(), job).name("results");
        return results(answer, outcomes).name("resultsTruncated").bool(more).endObject();
    }

    /** A job that is, or is about to be, cancelled; one that had ended before is not. */
    static JsonAnswer cancelled(ImportJob job) {
        boolean success = !job.status().ended() || job.status() == ImportJob.Status.CANCELLED;
        return members(new JsonAnswer(640).beginObject().name("success").bool(success), job).endObject();
    }

    /** A job with what came of undoing it. */
    static JsonAnswer undo(ImportJob job) {
        return members(new JsonAnswer(640).beginObject().name("success").bool(job.revertedAt() != null), job)
                .name("deleted").number(job.undo().deleted()).name("restored").number(job.undo().restored())
                .name("failed").number(job.undo().failed()).endObject();
    }

    private static JsonAnswer members(JsonAnswer answer, ImportJob job) {
        answer.text("id", job.id().toString()).text("jobId", job.id().toString()).text("object", job.object())
                .text("status", word(job.status())).name("dryRun").bool(job.dryRun())
                .text("writeMode", word(job.writeMode())).name("total").number(job.total()).name("processed")
                .number(job.processed()).name("created").number(job.created()).name("updated").number(job.updated())
                .name("skipped").number(job.skipped()).name("errors").number(job.errors()).name("percentComplete")
                .number(job.total() == 0 ? 100 : 100L * job.processed() / job.total()).name("undoable")
                .bool(job.undoable()).text("createdAt", job.createdAt().toString());
        moment(answer, "startedAt", job.startedAt());
        moment(answer, "completedAt", job.completedAt());
        moment(answer, "revertedAt", job.revertedAt());
        String error = job.error();
        return error == null ? answer : answer.text("error", error);
    }

    private static void moment(JsonAnswer answer, String name, @Nullable Instant moment) {
        if (moment != null) {
            answer.text(name, moment.toString());
        }
    }

    /** {@code [{"row","ok","action","id"?,"field"?,"code"?,"error"?,"fields"?}]}. */
    private static JsonAnswer results(JsonAnswer answer, List<ImportOutcome> outcomes) {
        answer.beginArray();
        for (ImportOutcome outcome : outcomes) {
            answer.beginObject().name("row").number(outcome.row()).name("ok").bool(outcome.ok()).text("action",
                    word(outcome.action()));
            if (outcome.id() != null) {
                answer.text("id", outcome.id().toString());
            }
            String code = outcome.code();
            String error = outcome.error();
            if (!outcome.fields().isEmpty() && !outcome.fields().getFirst().field().isEmpty()) {
                answer.text("field", outcome.fields().getFirst().field());
            }
            if (code != null && error != null) {
                answer.text("code", code).text("error", error);
            }
            if (!outcome.fields().isEmpty()) {
                answer.name("fields");
                Problem.fields(answer, outcome.fields());
            }
            answer.endObject();
        }
        return answer.endArray();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
