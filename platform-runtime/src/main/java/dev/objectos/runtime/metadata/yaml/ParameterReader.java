package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of an api, which are declared as fields are: by name, in a list, or by their type alone. */
final class ParameterReader {

    private final Map<String, ObjectDefinition> objects;
    private final Findings findings;
    private final FieldReader fields;

    ParameterReader(Map<String, ObjectDefinition> objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
        this.fields = new FieldReader("", findings, true);
    }

    /** @param written null: there are none */
    Map<String, FieldDefinition> read(@Nullable Element written) {
        var params = new LinkedHashMap<String, FieldDefinition>();
        entries(written).forEach((name, entry) -> {
            FieldDefinition param = fields.read(name, entry.value() instanceof Scalar type
                    ? new Entry(entry.keyWhere(),
                            new Entries(Map.of("type", new Entry(type.where(), type)), type.where()))
                    : entry);
            if (param == null) {
                return;
            }
            if (param.type().derived()) {
                findings.error(entry.keyWhere(), "a parameter cannot be of type " + param.type().name(),
                        "choose a type that can be given");
                return;
            }
            params.put(name, param.withType(linked(param.type(), entry)));
        });
        return params;
    }

    private Map<String, Entry> entries(@Nullable Element written) {
        return switch (written) {
            case Entries map -> map.entries();
            case Items list -> listed(list.elements());
            case null, default -> Map.of();
        };
    }

    private Map<String, Entry> listed(List<Element> elements) {
        var entries = new LinkedHashMap<String, Entry>();
        for (Element element : elements) {
            String name = element instanceof Entries map ? map.text("name") : null;
            if (name == null) {
                findings.error(element.where(), "the parameter has no name", "add name:");
            } else if (entries.put(name, new Entry(element.where(), element)) != null) {
                findings.error(element.where(), "another parameter is named '" + name + "'", "give each its own name");
            }
        }
        return entries;
    }

    private FieldType linked(FieldType type, Entry entry) {
        return switch (type) {
            case FieldType.Reference(String name, String target, var onDelete) -> new FieldType.Reference(name,
                    target(target, entry), onDelete);
            case FieldType.References(String name, String target) -> new FieldType.References(name,
                    target(target, entry));
            default -> type;
        };
    }

    private String target(String written, Entry entry) {
        String target = ObjectAssembly.canonical(written);
        if (!objects.containsKey(target)) {
            findings.error(entry.value() instanceof Entries map ? map.valueWhere("reference_to") : entry.keyWhere(),
                    "there is no object '" + written + "'", Spelling.suggest(written, objects.keySet()));
        }
        return target;
    }
}
