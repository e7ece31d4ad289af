package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.metadata.CatalogView;
import dev.objectos.server.query.RestQueryParser;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints of single records and of queries. Answers are bytes all the way from the database. */
@RestController
@RequestMapping("/api/data/{object}")
public final class RecordController {

    private static final Set<String> RECORD_METHODS = Set.of("GET", "PATCH", "DELETE");

    private final Records records;
    private final Catalogs catalogs;
    private final JsonBodies bodies;
    private final ObjectRights rights;

    public RecordController(Records records, Catalogs catalogs, JsonBodies bodies, ObjectRights rights) {
        this.records = records;
        this.catalogs = catalogs;
        this.bodies = bodies;
        this.rights = rights;
    }

    @GetMapping
    @TakesParameters(any = true)
    void list(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        Query query = new RestQueryParser(catalog).parse(object, UrlParameters.parse(request.getQueryString()));
        send(response, records.query(query, session));
    }

    @PostMapping("/query")
    void query(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        Query query = new RestQueryParser(catalog).parse(object, bodies.read(request));
        send(response, records.query(query, session));
    }

    @GetMapping("/{id}")
    @TakesParameters(any = true)
    void get(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        var parameters = new LinkedHashMap<>(UrlParameters.parse(request.getQueryString()));
        boolean permissions = RecordPermissions.wanted(parameters.remove(RecordPermissions.PARAMETER));
        RecordQuery query = new RestQueryParser(catalog).record(object, ApiObjects.id(object, id), parameters);
        RecordDocument record = records.get(query, session);
        String etag = RecordTag.of(record, rights.of(object, session, catalog));
        if (permissions) {
            response.setHeader("ETag", etag);
            Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.record(record,
                    RecordPermissions.of(object, record.id(), new CatalogView(catalog, session, rights))));
            return;
        }
        if (Stability.of(catalog).answersByVersion(object, query)) {
            if (Answers.notModified(request, response, etag)) {
                return;
            }
        } else {
            response.setHeader("ETag", etag);
        }
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.record(record));
    }

    @PostMapping
    void create(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        RecordDocument record = records.create(Changes.create(object.name(), bodies.readObject(request)),
                session);
        sendCreated(response, record, RecordTag.of(record, rights.of(object, session, catalog)),
                RecordAnswers.record(record));
    }

    @PatchMapping("/{id}")
    void update(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        UUID recordId = ApiObjects.id(object, id);
        var mutation = Changes.update(object.name(), recordId, bodies.readObject(request),
                Preconditions.expected(request.getHeader("If-Match")));
        RecordDocument record = records.update(mutation, session);
        response.setHeader("ETag", RecordTag.of(record, rights.of(object, session, catalog)));
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.record(record));
    }

    @DeleteMapping("/{id}")
    void delete(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ObjectDefinition object = ApiObjects.require(catalogs.current(), name);
        UUID recordId = ApiObjects.id(object, id);
        records.delete(new Mutation.Delete(object.name(), recordId,
                Preconditions.expected(request.getHeader("If-Match"))), session);
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.deleted(object.name(), recordId));
    }

    @PostMapping("/{id}/clone")
    void copy(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        UUID source = ApiObjects.id(object, id);
        RecordDocument record = records.copy(object.name(), source, overrides(bodies.readObjectIfAny(request)),
                session);
        sendCreated(response, record, RecordTag.of(record, rights.of(object, session, catalog)),
                RecordAnswers.copy(record, source));
    }

    /** Where the id of a record would stand but no other method fits: only an id makes it a record's address. */
    @RequestMapping(path = "/{id}", method = {RequestMethod.POST, RequestMethod.PUT})
    void refuse(HttpServletRequest request, @PathVariable("id") String id, Session session)
            throws HttpRequestMethodNotSupportedException {
        if (FieldValues.isId(id)) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), RECORD_METHODS);
        }
        throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is nothing at this path");
    }

    private static Map<String, @Nullable Object> overrides(Map<String, @Nullable Object> body) {
        for (String key : body.keySet()) {
            if (!key.equals("overrides")) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST,
                        "A clone takes \"overrides\" and nothing else");
            }
        }
        Object overrides = body.get("overrides");
        if (overrides == null) {
            return Map.of();
        }
        if (!(overrides instanceof Map<?, ?> values)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"overrides\" is an object of field values");
        }
        @SuppressWarnings("unchecked") // the JSON reader makes no other map
        var typed = (Map<String, @Nullable Object>) values;
        return typed;
    }

    private static void send(HttpServletResponse response, JsonDocument document) throws IOException {
        Answers.send(response, HttpServletResponse.SC_OK, document.utf8());
    }

    private static void sendCreated(HttpServletResponse response, RecordDocument record, String etag,
            JsonAnswer answer) throws IOException {
        response.setHeader("Location", "/api/data/" + record.object() + "/" + record.id());
        response.setHeader("ETag", etag);
        Answers.send(response, HttpServletResponse.SC_CREATED, answer);
    }
}
