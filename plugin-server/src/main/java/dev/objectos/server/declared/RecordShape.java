package dev.objectos.server.declared;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint shows of each record that it finds.
 *
 * @param fields stored fields that it is made of
 */
record RecordShape(Template template, Set<FieldPath> fields, ObjectDefinition object, Catalog catalog) {

    RecordShape {
        fields = Set.copyOf(fields);
    }

    /** @param record as the data API shows it */
    @Nullable
    Object of(Map<?, ?> record, EndpointCall call) {
        return Template.whole(template, call.around(path -> value(record, path)));
    }

    private @Nullable Object value(Map<?, ?> record, FieldPath path) {
        @Nullable
        Object raw = record;
        for (String segment : path.segments()) {
            raw = raw instanceof Map<?, ?> map ? map.get(segment) : null;
        }
        if (raw instanceof Map<?, ?> referred && referred.containsKey("id")) {
            raw = referred.get("id"); // the record that a lookup leads to, of which more is shown
        }
        Optional<FieldType> type = type(path);
        if (raw == null || type.isEmpty()) {
            return null;
        }
        try {
            return FieldValues.parse(type.get(), raw);
        } catch (InvalidValueException _) {
            return null; // something else stands in the place of a value that is masked
        }
    }

    private Optional<FieldType> type(FieldPath path) {
        ObjectDefinition at = object;
        Optional<FieldType> type = Optional.empty();
        for (String segment : path.segments()) {
            type = at.field(segment).map(FieldDefinition::type);
            if (type.orElse(null) instanceof FieldType.Reference reference) {
                at = catalog.object(reference.target()).orElse(at);
            }
        }
        return type;
    }
}
