package dev.objectos.server.metadata;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EditorSchemas;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.server.metadata.MetadataDocuments.Document;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.web.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The endpoints that show what the server knows as far as the session may know it: objects, other metadata, and what is wrong
 * with it.
 */
@RestController
@RequestMapping("/api/metadata")
public final class MetadataController {

    private final Catalogs catalogs;
    private final EditorSchemas schemas;
    private final ObjectRights rights;

    public MetadataController(Catalogs catalogs, EditorSchemas schemas, ObjectRights rights) {
        this.catalogs = catalogs;
        this.schemas = schemas;
        this.rights = rights;
    }

    @GetMapping
    void types(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        parameters(request, Set.of());
        send(request, response, documents(session).types());
    }

    /** A type's items, or an object; no object has the name of a type. */
    @GetMapping("/{name}")
    void byName(HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name,
            Session session) throws IOException {
        MetadataDocuments documents = documents(session);
        if (documents.isType(name)) {
            send(request, response, documents.items(name, parameters(request, Set.of("package")).get("package")));
        } else {
            parameters(request, Set.of("package"));
            send(request, response, documents.object(name).orElseThrow(() -> unknownObject(name)));
        }
    }

    @GetMapping("/{type}/{name}")
    void item(HttpServletRequest request, HttpServletResponse response, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) throws IOException {
        parameters(request, Set.of("package"));
        send(request, response,
                documents(session).item(type, name).orElseThrow(() -> type.equals(MetadataDocuments.OBJECT)
                        ? unknownObject(name)
                        : new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such metadata")));
    }

    @GetMapping("/diagnostics")
    void diagnostics(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Map<String, String> only = parameters(request, Set.of("type", "severity"));
        MetadataDocuments documents = documents(session);
        List<Map<String, Object>> entries = catalogs.current().violations().stream()
                .filter(documents::shows).map(MetadataController::entry)
                .filter(entry -> only.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(entry.get(wanted.getKey()))))
                .toList();
        send(request, response, MetadataDocuments.diagnostics(entries));
    }

    @GetMapping("/schema/{type}.json")
    void schema(HttpServletRequest request, HttpServletResponse response, @PathVariable("type") String type,
            Session session) throws IOException {
        parameters(request, Set.of());
        send(request, response, schemas.schema(type).map(Document::of)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such schema")));
    }

    private MetadataDocuments documents(Session session) {
        return new MetadataDocuments(new CatalogView(catalogs.current(), session, rights), schemas.types());
    }

    private static Map<String, Object> entry(Violation violation) {
        SourceLocation where = violation.where();
        var entry = new LinkedHashMap<String, Object>();
        entry.put("severity", violation.severity().name().toLowerCase(Locale.ROOT));
        entry.put("file", where.file());
        entry.put("line", where.line());
        entry.put("column", where.column());
        entry.put("type", violation.type());
        entry.put("name", violation.name());
        entry.put("message", violation.message());
        entry.put("suggestion", violation.suggestion());
        return entry;
    }

    private static Map<String, String> parameters(HttpServletRequest request, Set<String> known) {
        Map<String, String> given = UrlParameters.parse(request.getQueryString());
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST, known.isEmpty()
                        ? "This endpoint takes no URL parameters"
                        : "This endpoint takes the URL parameters " + known.stream().sorted().toList());
            }
        }
        return given;
    }

    private static PlatformException unknownObject(String name) {
        return new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(name);
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, Document document)
            throws IOException {
        Answers.requireJsonAccepted(request);
        if (!Answers.notModified(request, response, document.etag())) {
            Answers.send(response, HttpServletResponse.SC_OK, document.json());
        }
    }
}
