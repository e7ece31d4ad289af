package dev.objectos.server.metadata;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.EditorSchemas;
import dev.objectos.runtime.spi.FileFindings;
import dev.objectos.runtime.spi.ItemRights;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.Document;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final Supplier<ItemRights> items;
    private final Supplier<MetadataEditing> editing;
    private final Supplier<List<FileFindings>> files;

    /**
     * @param items says who sees what is no object; asked for when it is first needed
     * @param editing asked for drafts and what was written alone
     * @param files of the server itself, beside metadata
     */
    public MetadataController(Catalogs catalogs, EditorSchemas schemas, ObjectRights rights,
            Supplier<ItemRights> items, Supplier<MetadataEditing> editing, Supplier<List<FileFindings>> files) {
        this.items = items;
        this.files = files;
        this.editing = editing;
        this.catalogs = catalogs;
        this.schemas = schemas;
        this.rights = rights;
    }

    @GetMapping
    void types(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Answers.send(request, response, documents(session).types());
    }

    /** A type's items, or an object; no object has the name of a type. */
    @GetMapping("/{name}")
    @TakesParameters("package")
    void byName(HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name,
            Session session) throws IOException {
        MetadataDocuments documents = documents(session);
        if (documents.isType(name)) {
            Answers.send(request, response,
                    documents.items(name, EditRequests.parameters(request).get("package")));
        } else {
            Answers.send(request, response, documents.object(name).orElseThrow(() -> unknownObject(name)));
        }
    }

    @GetMapping("/{type}/{name}")
    @TakesParameters({"package", "mode", "state", "version", "scope"})
    void item(HttpServletRequest request, HttpServletResponse response, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) throws IOException {
        Map<String, String> given = EditRequests.parameters(request);
        ItemKey item = EditRequests.item(request, type, name, session);
        if (EditRequests.isDraft(given)) {
            version(request, response, editing.get().draft(item, session), item);
            return;
        }
        if (given.containsKey("version") || item.tenant() != null) {
            version(request, response,
                    editing.get().version(item, EditRequests.whole(given, "version"), session), item);
            return;
        }
        if (takesYaml(request)) {
            yaml(request, response, item, session);
            return;
        }
        Answers.send(request, response,
                documents(session).item(type, name)
                        .orElseThrow(() -> type.equals(MetadataDocuments.OBJECT)
                                ? unknownObject(name)
                                : new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such metadata")));
    }

    /** What serves, by itself, whatever drafts there are. */
    @GetMapping("/{type}/{name}/published")
    void published(HttpServletRequest request, HttpServletResponse response, @PathVariable("type") String type,
            @PathVariable("name") String name, Session session) throws IOException {
        Answers.send(request, response, documents(session).tree(type, name).map(Document::of)
                .orElseThrow(
                        () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such metadata")));
    }

    /** One version as it was written; in YAML where that is asked for. */
    private void version(HttpServletRequest request, HttpServletResponse response, Optional<Version> found,
            ItemKey item) throws IOException {
        Version version = found.orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                "There is no such version of " + item));
        if (Answers.notModified(request, response, "\"" + version.version() + "\"")) {
            return;
        }
        if (takesYaml(request)) {
            sendYaml(response, String.valueOf(version.content()));
        } else {
            Answers.send(response, HttpServletResponse.SC_OK,
                    Document.of(EditAnswers.version(version, editing.get().tree(version))).json());
        }
    }

    /** What serves: as it was written where somebody has edited it, otherwise as somebody would write it who edits it. */
    private void yaml(HttpServletRequest request, HttpServletResponse response, ItemKey item, Session session)
            throws IOException {
        int edited = catalogs.current().editedVersion(item);
        if (edited > 0 && session.may(SystemPermission.MANAGE_METADATA)) {
            version(request, response, editing.get().version(item, edited, session), item);
            return;
        }
        Map<String, Object> shown = new MetadataDocuments(view(session).asWritten(), schemas.types(), items.get())
                .tree(item.type(), item.name())
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such metadata"));
        if (!Answers.notModified(request, response, Document.of(edited, shown).etag())) {
            sendYaml(response, editing.get().yaml(
                    item.type().equals(MetadataDocuments.OBJECT) ? EditRequests.written(shown) : shown));
        }
    }

    private static void sendYaml(HttpServletResponse response, String text) throws IOException {
        byte[] yaml = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/yaml;charset=UTF-8");
        response.setContentLength(yaml.length);
        response.getOutputStream().write(yaml);
    }

    private static boolean takesYaml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("yaml");
    }

    /** Those of one plugin, where a {@code package} is named. */
    @GetMapping("/diagnostics")
    @TakesParameters({"type", "severity", "package"})
    void diagnostics(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        var only = new HashMap<>(EditRequests.parameters(request));
        String plugin = only.remove("package");
        MetadataDocuments documents = documents(session);
        List<Map<String, Object>> entries = Stream
                .concat(catalogs.current().violations().stream().filter(documents::shows), ofServer(session))
                .filter(violation -> plugin == null || violation.where().file().startsWith(plugin + "!"))
                .map(Violation::toMap)
                .filter(entry -> only.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(entry.get(wanted.getKey()))))
                .toList();
        Answers.send(request, response, MetadataDocuments.diagnostics(entries));
    }

    /** What concerns all tenants is told to whoever looks after all of them. */
    private Stream<Violation> ofServer(Session session) {
        return session.platformAdministrator()
                ? files.get().stream().flatMap(each -> each.violations().stream())
                : Stream.empty();
    }

    @GetMapping("/schema/{type}.json")
    void schema(HttpServletRequest request, HttpServletResponse response, @PathVariable("type") String type,
            Session session) throws IOException {
        Answers.send(request, response, schemas.schema(type).map(Document::of)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such schema")));
    }

    private MetadataDocuments documents(Session session) {
        return new MetadataDocuments(view(session), schemas.types(), items.get());
    }

    private CatalogView view(Session session) {
        return new CatalogView(catalogs.current(), session, rights);
    }

    private static PlatformException unknownObject(String name) {
        return new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(name);
    }
}
