package dev.objectos.server.openapi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths that an object has in the data API, as OpenAPI describes them to who may read it and do some things to it. */
final class Operations {

    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectDefinition object;
    private final Set<ChangeAction> changes;

    Operations(ObjectDefinition object, Set<ChangeAction> changes) {
        this.object = object;
        this.changes = changes;
    }

    void addTo(Map<String, Object> paths) {
        String base = "/api/data/" + object.name();
        var records = new LinkedHashMap<String, Object>();
        var one = new LinkedHashMap<String, Object>();
        paths.put(base, records);
        paths.put(base + "/{id}", one);
        reads(base, records, one, paths);
        if (changes.contains(ChangeAction.CREATE)) {
            records.put("post", operation("create", "Create " + object.label(), List.of(), object.name() + "_input",
                    "201", "Record"));
            post(paths, base + "/{id}/clone",
                    operation("clone", "Copy " + object.label(), List.of("Id"), "Clone", "201", "Record"));
            post(paths, base + "/createMany", operation("createMany", "Create many " + object.pluralLabel(),
                    List.of(), object.name() + "_inputs", "201", "Page"));
        }
        if (changes.contains(ChangeAction.UPDATE)) {
            one.put("patch", operation("update", "Change " + object.label(), List.of("Id", "IfMatch"),
                    object.name() + "_change", "200", "Record"));
            post(paths, base + "/updateMany", operation("updateMany", "Change many " + object.pluralLabel(),
                    List.of(), "UpdateMany", "200", "ManyResult"));
        }
        if (changes.contains(ChangeAction.DELETE)) {
            one.put("delete", operation("delete", "Delete " + object.label(), List.of("Id", "IfMatch"), null, "200",
                    "Deleted"));
            post(paths, base + "/deleteMany", operation("deleteMany", "Delete many " + object.pluralLabel(),
                    List.of(), "DeleteMany", "200", "ManyResult"));
        }
        if (changes.contains(ChangeAction.CREATE) || changes.contains(ChangeAction.UPDATE)) {
            post(paths, base + "/import", operation("import", "Import " + object.pluralLabel(), List.of(), "Import",
                    "200", "ImportReport"));
            post(paths, base + "/import/jobs", operation("import_later",
                    "Import " + object.pluralLabel() + " in the background", List.of(), "Import", "202", "ImportJob"));
        }
        if (!changes.isEmpty()) {
            post(paths, base + "/batch", operation("batch", "Create, change, upsert or delete many", List.of(),
                    "Batch", "200", "ManyResult"));
        }
    }

    private void reads(String base, Map<String, Object> records, Map<String, Object> one,
            Map<String, Object> paths) {
        records.put("get", operation("list", "List " + object.pluralLabel(), List.of("Select", "Filter", "Sort",
                "Top", "Skip", "Expand", "Search", "GroupBy", "Aggregations", "Count", "Cursor"), null, "200",
                "Page"));
        post(paths, base + "/query",
                operation("query", "Query " + object.pluralLabel(), List.of(), "Query", "200", "Page"));
        paths.put(base + "/export", Map.of("get", export()));
        one.put("get",
                operation("get", "Get " + object.label(), List.of("Id", "Select", "Expand", "Meta", "IfNoneMatch"),
                        null, "200", "Record"));
    }

    private Map<String, Object> export() {
        Map<String, Object> export = operation("export", "Export " + object.pluralLabel(),
                List.of("Format", "Select", "Filter", "Sort", "MostRecords", "Skip", "Expand", "Search"), null, "200",
                "Page");
        var files = new LinkedHashMap<String, Object>();
        for (String type : List.of("text/csv", "application/x-ndjson",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")) {
            files.put(type, Map.of("schema", Map.of("type", "string")));
        }
        files.putAll(json(Map.of("type", "array", "items", Map.of("$ref", SCHEMAS + object.name()))));
        export.put("responses", Map.of("200", Map.of("description", "The file", "content", files), "default",
                Map.of("$ref", "#/components/responses/Problem")));
        return export;
    }

    private static void post(Map<String, Object> paths, String path, Map<String, Object> operation) {
        paths.put(path, Map.of("post", operation));
    }

    private Map<String, Object> operation(String name, String summary, List<String> parameters, @Nullable String body,
            String status, String answer) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", name + "_" + object.name());
        operation.put("summary", summary);
        operation.put("tags", List.of(object.name()));
        if (!parameters.isEmpty()) {
            var references = new ArrayList<Object>();
            parameters.forEach(parameter -> references.add(Map.of("$ref", "#/components/parameters/" + parameter)));
            operation.put("parameters", references);
        }
        if (body != null) {
            operation.put("requestBody", Map.of("required", true, "content", json(Map.of("$ref", SCHEMAS + body))));
        }
        var responses = new LinkedHashMap<String, Object>();
        responses.put(status, Map.of("description", summary, "content", json(answer(answer))));
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        operation.put("responses", responses);
        return operation;
    }

    private Map<String, Object> answer(String kind) {
        Map<String, Object> record = Map.of("$ref", SCHEMAS + object.name());
        return switch (kind) {
            case "Page" -> Map.of("allOf", List.of(Map.of("$ref", SCHEMAS + "Page"),
                    Map.of("properties", Map.of("records", Map.of("type", "array", "items", record)))));
            case "Record" -> Map.of("allOf",
                    List.of(Map.of("$ref", SCHEMAS + "Record"), Map.of("properties", Map.of("record", record))));
            default -> Map.of("$ref", SCHEMAS + kind);
        };
    }

    static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }
}
