package dev.objectos.server.intake;

import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportReport;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.problem.Problem;
import java.util.List;
import java.util.Locale;

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

    /** {@code [{"row","ok","action","id"?,"field"?,"code"?,"error"?,"fields"?}]}. */
    static JsonAnswer results(JsonAnswer answer, List<ImportOutcome> outcomes) {
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

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
