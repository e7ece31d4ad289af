package dev.objectos.server.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.PathRights;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.metadata.CatalogView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The OpenAPI 3.1 description of what a session may call, kept for all that see the same and may do the same. What it says beside
 * operations stands in {@code document.yml}.
 *
 * @param json the document in UTF-8
 * @param etag changes with what is described
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record OpenApiDocument(byte[] json, String etag) {

    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /**
     * What a document is made of.
     *
     * @param parts what is described of this server
     * @param routes where it answers
     * @param paths say which of them a credential is good for
     */
    record Sources(ApiParts parts, MappedRoutes routes, PathRights paths) {}

    /**
     * @param caller what the session is and may
     * @param coming operations that no part describes
     */
    static OpenApiDocument of(Sources sources, CatalogView view, Audience caller, List<PathOperation> coming) {
        return view.catalog().derive(Kept.class, _ -> new Kept()).documents().get(
                new Key(view.fingerprint(), caller, coming),
                _ -> new Writing(sources, view, caller).document(coming));
    }

    private record Key(Object view, Audience caller, List<PathOperation> coming) {}

    private record Kept(Cache<Object, OpenApiDocument> documents) {

        Kept() {
            this(Caffeine.newBuilder().maximumWeight(MOST_BYTES)
                    .weigher((Object _, OpenApiDocument document) -> document.json().length).build());
        }
    }

    /** One document as it comes about. */
    private static final class Writing {

        private final Sources sources;
        private final CatalogView view;
        private final Audience caller;
        private final Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        private final Map<String, String> tags = new LinkedHashMap<>();
        private final Map<String, Map<String, Object>> components;

        Writing(Sources sources, CatalogView view, Audience caller) {
            this.sources = sources;
            this.view = view;
            this.caller = caller;
            this.components = sources.parts().components();
        }

        OpenApiDocument document(List<PathOperation> coming) {
            Map<String, Object> document = Tree.of(ApiParts.own("document.yml"));
            ApiPart own = ApiPart.read(Map.of("components", Tree.of(document.remove("components"))));
            own.components().forEach((kind, named) -> named.forEach((name, one) -> component(kind, name, one)));
            objects().forEach(this::object);
            coming.forEach(this::add);
            sources.parts().operations().filter(one -> sources.routes().answers(one.operation()))
                    .filter(one -> one.audience().includes(caller)).map(DescribedOperation::operation)
                    .forEach(this::add);
            sources.parts().tags().forEach(this::describe);
            document.put("tags", tags.entrySet().stream().map(tag -> {
                var described = new LinkedHashMap<String, Object>();
                described.put("name", tag.getKey());
                described.put("description", tag.getValue());
                return described;
            }).toList());
            document.put("paths", paths);
            Map<String, Object> used = UsedComponents.of(paths, components);
            used.put("securitySchemes", Tree.of(components.get("securitySchemes")));
            document.put("components", used);
            byte[] json = JsonAnswer.tree(document);
            return new OpenApiDocument(json, "\"" + view.catalog().version() + "-" + Integer.toHexString(
                    Arrays.hashCode(json)) + "\"");
        }

        private Iterable<ObjectDefinition> objects() {
            var objects = new TreeMap<String, ObjectDefinition>();
            view.objects().filter(object -> object.enable().api())
                    .forEach(object -> objects.put(object.name(), object));
            return objects.values();
        }

        private void object(ObjectDefinition object) {
            ObjectAccess access = view.access(object);
            ApiPart part = sources.parts().objects().of(object, sources.routes()::answers);
            part.operations().stream().filter(one -> one.audience().includes(caller))
                    .filter(one -> one.need() == null || one.need().met(object, access))
                    .map(DescribedOperation::operation).forEach(this::add);
            view.actions(object).forEach(action -> add(ActionPaths.of(object, action)));
            part.tags().forEach(this::describe);
            part.components().forEach((kind, named) -> named.forEach((name, one) -> component(kind, name, one)));
            ObjectSchemas.of(object, view).forEach((name, schema) -> component("schemas", name, schema));
        }

        private void component(String kind, String name, Object component) {
            components.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(name, component);
        }

        private void add(PathOperation operation) {
            if (!view.reaches(sources.paths(), operation.method(), operation.path())) {
                return;
            }
            paths.computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>()).put(operation.word(), operation.json());
            Tree.texts(operation.json().get("tags")).forEach(tag -> tags.putIfAbsent(tag, tag));
        }

        /** Of the tags that have operations. */
        private void describe(Map<String, Object> tag) {
            tags.computeIfPresent(String.valueOf(tag.get("name")), (_, _) -> String.valueOf(tag.get("description")));
        }
    }
}
