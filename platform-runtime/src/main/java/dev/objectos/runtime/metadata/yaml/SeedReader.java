package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the records that an application starts with. */
final class SeedReader {

    /** The key by which other seeds refer to a record; {@code id} may stand for it. */
    private static final String SEED_KEY = "_id";

    private final Map<String, ObjectDefinition> objects;
    private final Findings findings;
    private final Map<String, SourceLocation> seedKeys = new HashMap<>();

    SeedReader(Map<String, ObjectDefinition> objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
    }

    @Nullable
    MetadataItem read(Part part) {
        Entries head = part.content() instanceof Entries map ? map : Entries.empty(part.content().where());
        List<Element> records = part.content() instanceof Items items ? items.elements() : head.list("records");
        String written = head.text("object");
        String name = ObjectAssembly.canonical(written == null ? part.located().stem() : written);
        ObjectDefinition object = objects.get(name);
        if (object == null) {
            findings.error(head.valueWhere("object"), "there is no object '" + name + "' to load records into",
                    Spelling.suggest(name, objects.keySet()));
            return null;
        }
        var content = new LinkedHashMap<String, Object>();
        var positions = new ArrayList<SourceLocation>();
        var plain = new ArrayList<Object>();
        for (Element record : records) {
            positions.add(record.where());
            if (record instanceof Entries map) {
                plain.add(values(object, map));
            } else {
                findings.error(record.where(), "a record must be a map, not " + record.kind(), "write field: value");
            }
        }
        String mode = head.text("mode");
        content.put("mode", mode == null ? "insert" : mode);
        List<String> match = head.words("match");
        if (match != null) {
            findings.warning(head.keyWhere("match"),
                    "'match' has no effect: a record that is there already is known by its unique values",
                    "remove it, and write unique: true at the field");
            content.put("match", match);
        }
        content.put("records", List.copyOf(plain));
        return new MetadataItem("data", part.located().stem(), name, content, positions, part.plugin(), part.top());
    }

    private Map<String, @Nullable Object> values(ObjectDefinition object, Entries record) {
        String seedKey = record.has(SEED_KEY) ? SEED_KEY : SystemFields.ID;
        var values = new LinkedHashMap<String, @Nullable Object>();
        record.entries().forEach((key, entry) -> {
            FieldDefinition field = object.fields().get(key);
            if (key.equals(seedKey)) {
                seedKey(entry.value());
                values.put(SEED_KEY, entry.value() instanceof Scalar word ? word.text() : entry.value().plain());
            } else if (field == null) {
                findings.warning(entry.keyWhere(), object.name() + " has no field '" + key + "'; the value is left out",
                        Spelling.suggest(key, object.fields().keySet()));
                values.put(key, entry.value().plain());
            } else {
                check(field, entry);
                values.put(key, SeedValueReader.read(field.type(), entry.value()));
            }
        });
        return Collections.unmodifiableMap(values);
    }

    private void check(FieldDefinition field, Entry entry) {
        if (!field.loadable()) {
            findings.warning(entry.keyWhere(), "'" + field.name() + "' is "
                    + (field.type().derived() ? "computed" : "set by the platform") + " and not loaded", "remove it");
        } else if (field.type() instanceof FieldType.Choice(_, var options) && entry.value() instanceof Scalar scalar
                && scalar.value() != null && !knows(options, scalar.text())) {
            findings.warning(scalar.where(), "'" + scalar.text() + "' is none of the options of '" + field.name() + "'",
                    "write one of " + String.join(", ", options.stream().map(SelectOption::value).toList()));
        }
    }

    private void seedKey(Element value) {
        if (!(value instanceof Scalar scalar) || scalar.value() == null) {
            findings.error(value.where(), "_id must be a word", "write _id: first");
            return;
        }
        SourceLocation earlier = seedKeys.putIfAbsent(scalar.text(), scalar.where());
        if (earlier != null) {
            findings.error(scalar.where(), "the _id '" + scalar.text() + "' is there twice, first in line "
                    + earlier.line(), "give each record its own");
        }
    }

    private static boolean knows(List<SelectOption> options, String value) {
        return options.stream().anyMatch(option -> option.value().equals(value));
    }
}
