package dev.objectos.server.record;

import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.query.RestQueryParser;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints of deleted records. */
@RestController
@RequestMapping("/api/data/{object}")
public final class TrashController {

    private static final List<Sort> LATEST_FIRST = List.of(new Sort(FieldPath.of(BinFields.DELETED_AT), true));

    private final RecycleBin bin;
    private final Catalogs catalogs;
    private final JsonBodies bodies;
    private final ObjectRights rights;

    public TrashController(RecycleBin bin, Catalogs catalogs, JsonBodies bodies, ObjectRights rights) {
        this.bin = bin;
        this.catalogs = catalogs;
        this.bodies = bodies;
        this.rights = rights;
    }

    @GetMapping("/trash")
    @TakesParameters(any = true)
    void list(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = BinFields.of(ApiObjects.require(catalog, name));
        send(response,
                new RestQueryParser(catalog).parse(object, UrlParameters.parse(request.getQueryString())), session);
    }

    @PostMapping("/trash/query")
    void query(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = BinFields.of(ApiObjects.require(catalog, name));
        send(response, new RestQueryParser(catalog).parse(object, bodies.read(request)), session);
    }

    @PostMapping("/{id}/restore")
    void restore(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        Catalog catalog = catalogs.current();
        ObjectDefinition object = ApiObjects.require(catalog, name);
        RecordDocument record = bin.restore(object.name(), ApiObjects.id(object, id), session);
        response.setHeader("ETag", RecordTag.of(record, rights.of(object, session, catalog)));
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.record(record));
    }

    @DeleteMapping("/trash/{id}")
    void purge(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            @PathVariable("id") String id, Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ObjectDefinition object = ApiObjects.require(catalogs.current(), name);
        UUID record = ApiObjects.id(object, id);
        bin.purge(object.name(), record, session);
        Answers.send(response, HttpServletResponse.SC_OK, RecordAnswers.deleted(object.name(), record));
    }

    /** For administrators. */
    @DeleteMapping("/trash")
    void empty(HttpServletRequest request, HttpServletResponse response, @PathVariable("object") String name,
            Session session) throws IOException {
        Answers.requireJsonAccepted(request);
        ObjectDefinition object = ApiObjects.require(catalogs.current(), name);
        int removed = bin.empty(object.name(), session);
        Answers.send(response, HttpServletResponse.SC_OK, new JsonAnswer().beginObject().text("object", object.name())
                .name("removed").number(removed).name("success").bool(true).endObject());
    }

    private void send(HttpServletResponse response, Query query, Session session) throws IOException {
        Query ordered = query.orderBy().isEmpty() && !query.grouped()
                ? new Query(query.object(), query.fields(), query.where(), LATEST_FIRST, query.page(), query.expand(),
                        query.groupBy(), query.aggregations(), query.having(), query.search(), query.count())
                : query;
        Answers.send(response, HttpServletResponse.SC_OK, bin.query(ordered, session).utf8());
    }
}
