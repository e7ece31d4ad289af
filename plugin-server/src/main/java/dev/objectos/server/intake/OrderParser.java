package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.server.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how rows are to be imported, from a JSON body or from the texts of parameters and parts. Nothing is ignored. */
final class OrderParser {

    private static final Set<String> KNOWN = Set.of("object", "format", "sheet", "csv", "rows", "xlsxBase64", "mapping",
            "dryRun", "writeMode", "matchFields", "atomic", "trimWhitespace", "nullValues", "skipBlankMatchKey",
            "runAutomations", "treatAsHistorical", "createMissingOptions");

    private final Map<String, @Nullable Object> given;

    /** @param given values as JSON has them; texts mean the same */
    OrderParser(Map<String, @Nullable Object> given) {
        for (String key : given.keySet()) {
            if (!KNOWN.contains(key)) {
                throw refuse("An import has no \"" + key + "\"");
            }
        }
        this.given = given;
    }

    ImportOrder parse(String object, ImportOrder.Source source) {
        if (!flag("runAutomations", true)) {
            throw refuse("Automations run for every change; \"runAutomations\": false is not supported");
        }
        for (String unsupported : List.of("treatAsHistorical", "createMissingOptions")) {
            if (flag(unsupported, false)) {
                throw refuse("\"" + unsupported + "\" is not supported");
            }
        }
        return new ImportOrder(object, source, writeMode(), texts("matchFields"), mapping(), flag("dryRun", false),
                flag("atomic", false), flag("trimWhitespace", true), Set.copyOf(texts("nullValues")),
                flag("skipBlankMatchKey", false));
    }

    /** The format that is asked for, in small letters; null: none. */
    @Nullable
    String format() {
        String format = text("format");
        return format == null ? null : format.toLowerCase(Locale.ROOT);
    }

    @Nullable
    String text(String name) {
        return switch (given.get(name)) {
            case null -> null;
            case String text -> text;
            case Integer number -> number.toString();
            default -> throw refuse("\"" + name + "\" is a text");
        };
    }

    private ImportOrder.WriteMode writeMode() {
        String mode = text("writeMode");
        return switch (mode == null ? "insert" : mode.toLowerCase(Locale.ROOT)) {
            case "insert" -> ImportOrder.WriteMode.INSERT;
            case "update" -> ImportOrder.WriteMode.UPDATE;
            case "upsert" -> ImportOrder.WriteMode.UPSERT;
            default -> throw refuse("\"writeMode\" is insert, update or upsert");
        };
    }

    private boolean flag(String name, boolean otherwise) {
        return switch (given.get(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case String text when text.equals("true") -> true;
            case String text when text.equals("false") -> false;
            default -> throw refuse("\"" + name + "\" is true or false");
        };
    }

    private List<String> texts(String name) {
        Object value = given.get(name);
        if (value instanceof String text) {
            value = text.startsWith("[")
                    ? JsonReader.read(text, RuntimeError.INVALID_REQUEST, "\"" + name + "\"")
                    : text.isBlank() ? List.of() : List.of(text.split(",", -1));
        }
        var texts = new ArrayList<String>();
        switch (value) {
            case null -> {
            }
            case List<?> list -> {
                for (Object one : list) {
                    if (!(one instanceof String text)) {
                        throw refuse("\"" + name + "\" is a list of texts");
                    }
                    texts.add(name.equals("nullValues") ? text : text.strip());
                }
            }
            default -> throw refuse("\"" + name + "\" is a list of texts");
        }
        return texts;
    }

    /** {@code {column: field}}, or a list of {@code {sourceField, targetField}}. */
    private Map<String, @Nullable String> mapping() {
        Object value = given.get("mapping");
        if (value instanceof String text) {
            value = text.isBlank() ? null : JsonReader.read(text, RuntimeError.INVALID_REQUEST, "\"mapping\"");
        }
        var mapping = new LinkedHashMap<String, @Nullable String>();
        switch (value) {
            case null -> {
            }
            case Map<?, ?> map -> map.forEach((column, field) -> map(mapping, column, field));
            case List<?> entries -> entries.forEach(entry -> {
                if (!(entry instanceof Map<?, ?> one) || !Set.of("sourceField", "targetField").equals(one.keySet())) {
                    throw refuse("An entry of \"mapping\" has \"sourceField\" and \"targetField\" and nothing else");
                }
                map(mapping, one.get("sourceField"), one.get("targetField"));
            });
            default -> throw refuse("\"mapping\" is an object of columns and fields");
        }
        return mapping;
    }

    private static void map(Map<String, @Nullable String> mapping, @Nullable Object column, @Nullable Object field) {
        if (!(column instanceof String name) || !(field == null || field instanceof String)) {
            throw refuse("\"mapping\" leads from a column to the name of a field, or to null");
        }
        mapping.put(name, field instanceof String text && !text.isBlank() ? text.strip() : null);
    }

    static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
