package dev.objectos.permissions.trial;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of tests. A lookup holds a map, the record that it leads to, or a name: {@code me} is the acting user, any
 * other name somebody or something else that is always the same.
 */
final class PaperRecords {

    private static final String ME = "me";

    private final Catalog catalog;
    private final UUID me;
    private final ItemProblems problems;

    PaperRecords(Catalog catalog, UUID me, ItemProblems problems) {
        this.catalog = catalog;
        this.me = me;
        this.problems = problems;
    }

    /** The id behind a name. */
    static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    PaperRecord read(ObjectDefinition object, ItemPart written) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        var related = new LinkedHashMap<String, PaperRecord>();
        values.put(SystemFields.ID, named(written.path()));
        written.entries().forEach((name, content) -> {
            FieldDefinition field = object.fields().get(name);
            if (field == null) {
                problems.error(content.where(), object.name() + " has no field '" + name + "'", "");
                return;
            }
            if (field.type() instanceof FieldType.Reference reference && content.isMap()) {
                PaperRecord target = read(catalog.object(reference.target()).orElseThrow(), content);
                related.put(name, target);
                values.put(name, target.values().get(SystemFields.ID));
            } else {
                values.put(name, value(field, content));
            }
        });
        return new PaperRecord(values, related);
    }

    private @Nullable Object value(FieldDefinition field, ItemPart written) {
        Object raw = written.value();
        if (raw == null) {
            return null;
        }
        switch (field.type()) {
            case FieldType.Reference _ -> {
                return id(written);
            }
            case FieldType.References _ -> {
                return written.elements().stream().map(this::id).toList();
            }
            default -> {
                try {
                    return FieldValues.parse(field.type(), raw);
                } catch (InvalidValueException e) {
                    problems.error(written.where(), field.name() + " " + e.message(), "");
                    return null;
                }
            }
        }
    }

    private UUID id(ItemPart written) {
        return written.text().equals(ME) ? me : named(written.text());
    }
}
