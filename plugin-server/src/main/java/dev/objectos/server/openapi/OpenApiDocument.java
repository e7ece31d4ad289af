package dev.objectos.server.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.metadata.CatalogView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI 3.1 description of the data API over a catalog as a session sees it, kept for all that see the same; what does not depend on the catalog stands in
 * {@code openapi.json} beside this class.
 *
 * @param json the document in UTF-8
 * @param etag changes with what is described
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record OpenApiDocument(byte[] json, String etag) {

    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** @param endpoints those that the session may call beside the data API */
    static OpenApiDocument of(CatalogView view, List<DescribedEndpoint> endpoints) {
        List<String> names = endpoints.stream().map(DescribedEndpoint::name).toList();
        return view.catalog().derive(Kept.class, _ -> new Kept()).documents()
                .get(new Key(view.fingerprint(), names), _ -> describe(view, endpoints));
    }

    private record Key(Object view, List<String> endpoints) {}

    private static OpenApiDocument describe(CatalogView view, List<DescribedEndpoint> endpoints) {
        Map<String, Object> document = common();
        Map<String, Object> paths = child(document, "paths");
        Map<String, Object> schemas = child(child(document, "components"), "schemas");
        var tags = new ArrayList<Object>();
        for (ObjectDefinition object : sorted(view)) {
            var tag = new LinkedHashMap<String, Object>();
            tag.put("name", object.name());
            tag.put("description", object.description() == null ? object.label() : object.description());
            tags.add(tag);
            new Operations(object, view.access(object).changes()).addTo(paths);
            view.actions(object).forEach(action -> ActionPaths.add(object, action, paths));
            schemas(object, view, schemas);
        }
        endpoints.forEach(endpoint -> endpoint.addTo(paths));
        tags.addAll(tagsOf(endpoints, view));
        document.put("tags", tags);
        byte[] json = JsonAnswer.tree(document);
        return new OpenApiDocument(json, "\"" + view.catalog().version() + "-" + Integer.toHexString(
                Arrays.hashCode(json)) + "\"");
    }

    /** Of objects that are served by endpoints alone. */
    private static List<Object> tagsOf(List<DescribedEndpoint> endpoints, CatalogView view) {
        return endpoints.stream().map(DescribedEndpoint::object).distinct()
                .filter(object -> !shown(view, object)).<Object>map(object -> Map.of("name", object)).toList();
    }

    private static Iterable<ObjectDefinition> sorted(CatalogView view) {
        var objects = new TreeMap<String, ObjectDefinition>();
        view.objects().filter(object -> object.enable().api())
                .forEach(object -> objects.put(object.name(), object));
        return objects.values();
    }

    private static void schemas(ObjectDefinition object, CatalogView view, Map<String, Object> schemas) {
        ObjectAccess access = view.access(object);
        var read = new LinkedHashMap<String, Object>();
        var created = new LinkedHashMap<String, Object>();
        var changed = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        view.fields(object).forEach(field -> {
            read.put(field.name(),
                    FieldSchemas.read(field, access.masked().contains(field.name()), target -> shown(view, target)));
            if (access.creatable().contains(field.name())) {
                created.put(field.name(), FieldSchemas.written(field));
                if (field.required() && field.defaultValue() == null) {
                    required.add(field.name());
                }
            }
            if (access.editable().contains(field.name())) {
                changed.put(field.name(), FieldSchemas.written(field));
            }
        });
        schemas.put(object.name(), schema(object.label(), read, List.of()));
        if (access.changes().contains(ChangeAction.CREATE)) {
            schemas.put(object.name() + "_input", schema("New " + object.label(), created, required));
            schemas.put(object.name() + "_inputs", Map.of("type", "array", "items",
                    Map.of("$ref", "#/components/schemas/" + object.name() + "_input")));
        }
        if (access.changes().contains(ChangeAction.UPDATE)) {
            schemas.put(object.name() + "_change", schema("Changes of " + object.label(), changed, List.of()));
        }
    }

    private static boolean shown(CatalogView view, String object) {
        return view.reads(object)
                && view.catalog().object(object).filter(found -> found.enable().api()).isPresent();
    }

    private static Map<String, Object> schema(String title, Map<String, Object> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", title);
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private record Kept(Cache<Object, OpenApiDocument> documents) {

        Kept() {
            this(Caffeine.newBuilder().maximumWeight(MOST_BYTES)
                    .weigher((Object _, OpenApiDocument document) -> document.json().length).build());
        }
    }

    private static Map<String, Object> common() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("openapi.json")) {
            return object(
                    JsonReader.read(Objects.requireNonNull(in, "openapi.json is part of this jar").readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> child(Map<String, Object> tree, String name) {
        return object(tree.get(name));
    }

    @SuppressWarnings("unchecked") // the JSON reader makes no other map
    private static Map<String, Object> object(@Nullable Object tree) {
        return (Map<String, Object>) Objects.requireNonNull(tree);
    }
}
