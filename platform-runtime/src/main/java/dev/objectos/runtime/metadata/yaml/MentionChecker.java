package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks in views, forms, reports and the like for objects and fields that do not exist. */
final class MentionChecker {

    private static final Set<String> OBJECT = Set.of("object", "object_name", "objectName");
    private static final Set<String> FIELDS = Set.of("fields", "columns", "field", "group_by", "groupBy", "sort",
            "order_by");
    /** What stands below these is about another object. */
    private static final Set<String> BEYOND = Set.of("expand", "populate", "include");
    private static final Set<String> DIRECTIONS = Set.of("asc", "desc");
    private static final Pattern NAME = Pattern.compile("-?[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    private final Map<String, ObjectDefinition> objects;
    private final Findings findings;

    MentionChecker(Map<String, ObjectDefinition> objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
    }

    /** @param object what the file as a whole is about; null: it says so inside */
    void check(Entries content, @Nullable ObjectDefinition object) {
        look(content, object, object != null || content.has("object"));
    }

    private void look(Element element, @Nullable ObjectDefinition around, boolean objectChecked) {
        switch (element) {
            case Items items -> items.elements().forEach(item -> look(item, around, false));
            case Scalar _ -> {
            }
            case Entries map -> {
                ObjectDefinition object = objectChecked ? around : objectIn(map, around);
                map.entries().forEach((key, entry) -> {
                    if (FIELDS.contains(key) && object != null) {
                        mention(entry.value(), object);
                    } else if (!BEYOND.contains(key)) {
                        look(entry.value(), object, false);
                    }
                });
            }
        }
    }

    private @Nullable ObjectDefinition objectIn(Entries map, @Nullable ObjectDefinition around) {
        for (String key : OBJECT) {
            String name = map.text(key);
            if (name != null && NAME.matcher(name).matches()) {
                ObjectDefinition found = objects.get(ObjectAssembly.canonical(name));
                if (found == null) {
                    findings.warning(map.valueWhere(key), "there is no object '" + name + "'",
                            Spelling.suggest(name, objects.keySet()));
                }
                return found;
            }
        }
        return around;
    }

    private void mention(Element element, ObjectDefinition object) {
        switch (element) {
            case Scalar scalar -> name(scalar, object);
            case Items items -> items.elements().forEach(item -> mention(item, object));
            case Entries map -> {
                Element named = map.has("field") ? map.get("field") : map.get("name");
                if (named instanceof Scalar scalar) {
                    name(scalar, object);
                } else {
                    map.entries().forEach((key, entry) -> checkName(key, entry.keyWhere(), object));
                }
            }
        }
    }

    private void name(Scalar scalar, ObjectDefinition object) {
        if (scalar.value() instanceof String text && NAME.matcher(text).matches() && !DIRECTIONS.contains(text)) {
            checkName(text, scalar.where(), object);
        }
    }

    private void checkName(String written, SourceLocation where, ObjectDefinition object) {
        String name = written.startsWith("-") ? written.substring(1) : written;
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (NAME.matcher(name).matches() && !object.fields().containsKey(first)) {
            findings.warning(where, object.name() + " has no field '" + first + "'",
                    Spelling.suggest(first, object.fields().keySet()));
        }
    }
}
