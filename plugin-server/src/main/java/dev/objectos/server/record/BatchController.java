package dev.objectos.server.record;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints that make many changes at once. */
@RestController
public final class BatchController {

    private final Records records;
    private final Catalogs catalogs;
    private final ObjectRights rights;
    private final JsonBodies bodies;

    public BatchController(Records records, Catalogs catalogs, JsonBodies bodies, ObjectRights rights) {
        this.records = records;
        this.catalogs = catalogs;
        this.rights = rights;
        this.bodies = bodies;
    }

    @PostMapping("/api/data/{object}/createMany")
    void createMany(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ObjectDefinition object = ApiObjects.require(catalogs.current(), name);
        Batch batch = new BatchParser(object).creates(bodies.read(request));
        List<JsonDocument> created = done(batch, session).stream()
                .map(done -> Objects.requireNonNull(done.record(), "the batch asks for its records")).toList();
        Answers.send(response, HttpServletResponse.SC_CREATED, RecordAnswers.created(object.name(), created));
    }

    @PostMapping("/api/data/{object}/updateMany")
    void updateMany(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ObjectDefinition object = ApiObjects.require(catalogs.current(), name);
        many(response, new BatchParser(object).updates(bodies.readObject(request)), session);
    }

    @PostMapping("/api/data/{object}/deleteMany")
    void deleteMany(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ObjectDefinition object = ApiObjects.require(catalogs.current(), name);
        many(response, new BatchParser(object).deletes(bodies.readObject(request)), session);
    }

    @PostMapping("/api/data/{object}/batch")
    void batch(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        Set<String> hidden = rights.of(object, session, catalog).hidden();
        many(response, new BatchParser(object, hidden).batch(bodies.readObject(request)), session);
    }

    @PostMapping("/api/batch")
    void transaction(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Batch batch = new TransactionParser(catalogs.current()).parse(bodies.readObject(request));
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.transaction(done(batch, session)));
    }

    private void many(HttpServletResponse response, BatchParser.Many many, Session session) throws IOException {
        BatchResult result = records.batch(many.batch(), session);
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.many(many.operation(), many.ids(), result));
    }

    /** The outcomes of changes that happen together or not at all; the refusal of one refuses the request. */
    private List<Outcome.Done> done(Batch batch, Session session) {
        List<Outcome> outcomes = records.batch(batch, session).outcomes();
        var done = new ArrayList<Outcome.Done>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Refused refused -> throw refused.reason().with("index", i);
                case Outcome.Done one -> done.add(one);
                case Outcome.RolledBack _,Outcome.Skipped _ -> {
                    // The one that was refused stands elsewhere in the list.
                }
            }
        }
        if (done.size() < outcomes.size()) {
            throw new IllegalStateException("an atomic batch was undone although nothing was refused");
        }
        return done;
    }
}
