package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.ImportJob;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ImportJobs;
import dev.objectos.runtime.spi.ImportJobs.Wanted;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.record.ApiObjects;
import dev.objectos.server.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Imports in the background: those of one object, and those of all beneath the name {@code import}, which no object has. */
@RestController
public final class ImportJobController {

    private static final int USUAL_JOBS = 50;
    private static final int MOST_JOBS = 200;
    private static final int USUAL_RESULTS = 1_000;
    private static final int MOST_RESULTS = 9_999;

    private final ImportJobs jobs;
    private final Catalogs catalogs;
    private final ImportBodies bodies;

    public ImportJobController(ImportJobs jobs, Catalogs catalogs, ImportBodies bodies) {
        this.jobs = jobs;
        this.catalogs = catalogs;
        this.bodies = bodies;
    }

    @PostMapping({"/api/data/{object}/import/jobs", "/api/data/import/jobs"})
    @TakesParameters(any = true)
    void submit(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("object") Optional<String> name, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        name.ifPresent(known -> ApiObjects.require(catalogs.current(), known));
        session.require(SystemPermission.IMPORT_DATA, "You may not import records; ask an administrator");
        ImportBodies.Given given = bodies.read(request);
        try (RowFile file = given.rows()) {
            ObjectDefinition object = given.object(catalogs.current(), name.orElse(null));
            ImportJob job = jobs.submit(given.order().parse(object.name(), given.source()), file.columns(),
                    file.rows(), session);
            response.setHeader("Location", "/api/data/" + object.name() + "/import/jobs/" + job.id());
            Answers.send(response, HttpServletResponse.SC_ACCEPTED, ImportAnswers.job(job));
        }
    }

    @GetMapping({"/api/data/{object}/import/jobs", "/api/data/import/jobs"})
    @TakesParameters({"object", "status", "limit", "offset"})
    void list(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") Optional<String> name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Map<String, String> parameters = UrlParameters.parse(request.getQueryString());
        String asked = parameters.get("object");
        String object = name.isPresent()
                ? ApiObjects.require(catalogs.current(), name.get()).name()
                : asked;
        var wanted = new Wanted(object, constant(ImportJob.Status.class, parameters.get("status"), "status"),
                number(parameters.get("limit"), "limit", 1, MOST_JOBS, USUAL_JOBS),
                number(parameters.get("offset"), "offset", 0, Integer.MAX_VALUE, 0));
        Answers.send(response, HttpServletResponse.SC_OK, ImportAnswers.jobs(jobs.list(wanted, session)));
    }

    @GetMapping({"/api/data/{object}/import/jobs/{id}", "/api/data/import/jobs/{id}"})
    void get(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") Optional<String> name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Answers.send(response, HttpServletResponse.SC_OK, ImportAnswers.job(require(name, id, session)));
    }

    @GetMapping({"/api/data/{object}/import/jobs/{id}/results", "/api/data/import/jobs/{id}/results"})
    @TakesParameters({"action", "limit", "offset"})
    void results(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("object") Optional<String> name, @PathVariable("id") String id, Session session)
            throws IOException {
        Answers.requireJsonAccepted(request);
        ImportJob job = require(name, id, session);
        Map<String, String> parameters = UrlParameters.parse(request.getQueryString());
        int limit = number(parameters.get("limit"), "limit", 1, MOST_RESULTS, USUAL_RESULTS);
        int offset = number(parameters.get("offset"), "offset", 0, Integer.MAX_VALUE, 0);
        ImportOutcome.Action action = constant(ImportOutcome.Action.class, parameters.get("action"), "action");
        List<ImportOutcome> outcomes = jobs.results(job.id(), action, limit + 1, offset, session);
        boolean more = outcomes.size() > limit;
        Answers.send(response, HttpServletResponse.SC_OK,
                ImportAnswers.results(job, more ? outcomes.subList(0, limit) : outcomes, more));
    }

    @PostMapping({"/api/data/{object}/import/jobs/{id}/cancel", "/api/data/import/jobs/{id}/cancel"})
    void cancel(HttpServletRequest request, HttpServletResponse response,
            @PathVariable("object") Optional<String> name, @PathVariable("id") String id, Session session)
            throws IOException {
        Answers.requireJsonAccepted(request);
        ImportJob job = jobs.cancel(require(name, id, session).id(), session);
        Answers.send(response, HttpServletResponse.SC_OK, ImportAnswers.cancelled(job));
    }

    @PostMapping({"/api/data/{object}/import/jobs/{id}/undo", "/api/data/import/jobs/{id}/undo"})
    void undo(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") Optional<String> name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ImportJob job = jobs.undo(require(name, id, session).id(), session);
        Answers.send(response,
                job.revertedAt() == null ? HttpServletResponse.SC_ACCEPTED : HttpServletResponse.SC_OK,
                ImportAnswers.undo(job));
    }

    /** A job of another object is not there. */
    private ImportJob require(Optional<String> name, String id, Session session) {
        Optional<String> object = name.map(known -> ApiObjects.require(catalogs.current(), known).name());
        return FieldValues.id(id).flatMap(known -> jobs.get(known, session))
                .filter(job -> object.isEmpty() || job.object().equals(object.get()))
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such import"));
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String text, String name) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
                .orElseThrow(() -> OrderParser.refuse("\"" + name + "\" is none of "
                        + String.join(", ", Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList())));
    }

    private static int number(@Nullable String text, String name, int lowest, int highest, int usual) {
        if (text == null) {
            return usual;
        }
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < lowest || number > highest) {
            throw OrderParser.refuse("\"" + name + "\" is a whole number from " + lowest + " to " + highest);
        }
        return number;
    }
}
