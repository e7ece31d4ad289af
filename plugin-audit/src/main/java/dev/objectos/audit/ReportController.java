package dev.objectos.audit;

import dev.objectos.audit.entry.TrailExports;
import dev.objectos.audit.report.EntryFile;
import dev.objectos.audit.report.ExportFormat;
import dev.objectos.audit.report.Report;
import dev.objectos.audit.report.Reports;
import dev.objectos.audit.view.Readers;
import dev.objectos.audit.view.Trail;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trail as a whole: what it comes to, and a copy of it. */
@RestController
@RequestMapping("/api/audit")
public final class ReportController {

    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(400);

    private final Reports reports;
    private final Trail trail;
    private final TrailExports exports;
    private final Clock clock;

    public ReportController(Reports reports, Trail trail, TrailExports exports, Clock clock) {
        this.reports = reports;
        this.trail = trail;
        this.exports = exports;
        this.clock = clock;
    }

    /** Of the last seven days, where nothing else is said. */
    @GetMapping("/reports/{name}")
    @TakesParameters({"from", "to", "object", "user"})
    Map<String, @Nullable Object> report(@PathVariable("name") String name,
            @RequestParam Map<String, String> given, Session session) {
        Report report = Report.named(name)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There is no report " + name + "; there are " + String.join(", ", Report.words())));
        var parameters = new EventParameters(given);
        Instant upTo = parameters.moment("to", true, session);
        Instant to = upTo == null ? clock.instant().plusMillis(1) : upTo;
        Instant since = parameters.moment("from", false, session);
        Instant from = since == null ? to.minus(USUAL) : since;
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw invalid("from must be before to, by no more than " + LONGEST.toDays() + " days");
        }
        Reports.Result result = reports.run(
                new Reports.Wanted(report, from, to, parameters.text("object"), parameters.id("user")), session);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("report", report.word());
        answer.put("from", from);
        answer.put("to", to);
        answer.put("rows", result.rows());
        answer.put("truncated", result.cut());
        return answer;
    }

    /** Everything that the filters let through, newest first, as a stream. */
    @GetMapping("/export")
    @TakesParameters({"object", "record", "user", "action", "from", "to", "format"})
    void export(@RequestParam Map<String, String> given, Session session, HttpServletResponse response)
            throws IOException {
        var parameters = new EventParameters(given);
        Readers.requireReader(session);
        String wanted = parameters.text("format");
        ExportFormat format = wanted == null
                ? ExportFormat.CSV
                : ExportFormat.named(wanted)
                        .orElseThrow(() -> invalid("format must be one of " + String.join(", ", ExportFormat.words())));
        var query = parameters.query(session);
        response.setContentType(format.mediaType());
        response.setHeader("Content-Disposition", "attachment; filename=\"audit." + format.word() + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        EntryFile file = format.to(response.getOutputStream());
        var rows = new AtomicLong();
        boolean whole = false;
        try {
            trail.stream(query, session, entry -> {
                try {
                    file.write(AuditAnswers.entry(entry));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                rows.incrementAndGet();
            });
            file.end();
            whole = true;
        } finally {
            exports.ended(session, parameters.filters(), rows.get(), whole);
        }
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
