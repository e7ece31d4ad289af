package dev.objectos.runtime.intake;

import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.sql.WriteJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the rows of a job are imported, and the columns that they have. */
record Instruction(ImportOrder order, List<String> columns) {

    Instruction {
        columns = List.copyOf(columns);
    }

    String json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("object", order.object());
        json.put("source", order.source().name());
        json.put("writeMode", order.writeMode().name());
        json.put("matchFields", order.matchFields());
        json.put("mapping", order.mapping());
        json.put("dryRun", order.dryRun());
        json.put("trim", order.trim());
        json.put("nullValues", List.copyOf(order.nullValues()));
        json.put("skipBlankMatch", order.skipBlankMatch());
        json.put("columns", columns);
        return WriteJson.text(json);
    }

    static Instruction of(String text) {
        var json = (Map<?, ?>) Objects.requireNonNull(WriteJson.parse(text));
        var mapping = new LinkedHashMap<String, @Nullable String>();
        ((Map<?, ?>) Objects.requireNonNull(json.get("mapping")))
                .forEach((column, field) -> mapping.put(String.valueOf(column), (String) field));
        return new Instruction(new ImportOrder(text(json, "object"), ImportOrder.Source.valueOf(text(json, "source")),
                ImportOrder.WriteMode.valueOf(text(json, "writeMode")), texts(json, "matchFields"), mapping,
                flag(json, "dryRun"), false, flag(json, "trim"),
                texts(json, "nullValues").stream().collect(Collectors.toSet()), flag(json, "skipBlankMatch")),
                texts(json, "columns"));
    }

    private static String text(Map<?, ?> json, String name) {
        return String.valueOf(json.get(name));
    }

    private static boolean flag(Map<?, ?> json, String name) {
        return Boolean.TRUE.equals(json.get(name));
    }

    private static List<String> texts(Map<?, ?> json, String name) {
        return ((List<?>) Objects.requireNonNull(json.get(name))).stream().map(String::valueOf).toList();
    }
}
