package dev.objectos.server.openapi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.json.JsonReader;
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
 * The OpenAPI 3.1 description of the data API over a catalog; what does not depend on the catalog stands in
 * {@code openapi.json} beside this class.
 *
 * @param json the document in UTF-8
 * @param etag changes with the catalog
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record OpenApiDocument(byte[] json, String etag) {

    static OpenApiDocument of(Catalog catalog) {
        return catalog.derive(OpenApiDocument.class, OpenApiDocument::derive);
    }

    private static OpenApiDocument derive(Catalog catalog) {
        Map<String, Object> document = common();
        Map<String, Object> paths = child(document, "paths");
        Map<String, Object> schemas = child(child(document, "components"), "schemas");
        var tags = new ArrayList<Object>();
        for (ObjectDefinition object : sorted(catalog)) {
            var tag = new LinkedHashMap<String, Object>();
            tag.put("name", object.name());
            tag.put("description", object.description() == null ? object.label() : object.description());
            tags.add(tag);
            new Operations(object).addTo(paths);
            schemas(object, schemas);
        }
        document.put("tags", tags);
        byte[] json = JsonAnswer.tree(document);
        return new OpenApiDocument(json, "\"" + catalog.version() + "-" + Integer.toHexString(
                Arrays.hashCode(json)) + "\"");
    }

    private static Iterable<ObjectDefinition> sorted(Catalog catalog) {
        var objects = new TreeMap<String, ObjectDefinition>();
        catalog.objects().stream().filter(object -> object.enable().api())
                .forEach(object -> objects.put(object.name(), object));
        return objects.values();
    }

    private static void schemas(ObjectDefinition object, Map<String, Object> schemas) {
        var read = new LinkedHashMap<String, Object>();
        var written = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (FieldDefinition field : object.fields().values()) {
            read.put(field.name(), FieldSchemas.read(field));
            if (field.writable()) {
                written.put(field.name(), FieldSchemas.written(field));
                if (field.required() && field.defaultValue() == null) {
                    required.add(field.name());
                }
            }
        }
        schemas.put(object.name(), schema(object.label(), read, List.of()));
        schemas.put(object.name() + "_input", schema("New " + object.label(), written, required));
        schemas.put(object.name() + "_inputs",
                Map.of("type", "array", "items", Map.of("$ref", "#/components/schemas/" + object.name() + "_input")));
        schemas.put(object.name() + "_change", schema("Changes of " + object.label(), written, List.of()));
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
