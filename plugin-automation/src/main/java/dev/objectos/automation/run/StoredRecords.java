package dev.objectos.automation.run;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records as they stand, in the forms of {@code metadata.FieldValues}; each is read once for the length of one run. */
final class StoredRecords {

    private final Records records;
    private final Session session;
    private final Map<UUID, Optional<Map<String, @Nullable Object>>> rows = new HashMap<>();

    StoredRecords(Records records, Session session) {
        this.records = records;
        this.session = session;
    }

    /** The record; null where there is none. */
    @Nullable
    Map<String, @Nullable Object> row(ObjectDefinition object, UUID id) {
        return rows.computeIfAbsent(id, _ -> read(object, id)).orElse(null);
    }

    /** What has been read is stale. */
    void changed() {
        rows.clear();
    }

    private Optional<Map<String, @Nullable Object>> read(ObjectDefinition object, UUID id) {
        try {
            var document = records.get(new RecordQuery(object.name(), id, List.of(), List.of()), session);
            return Optional.of(parsed(object, Json.map(document.json().toString())));
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.RECORD_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, @Nullable Object> parsed(ObjectDefinition object, Map<String, @Nullable Object> raw) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        raw.forEach((name, value) -> object.field(name).ifPresent(field -> row.put(name, value(field, value))));
        return row;
    }

    /** A value as JSON has it, in the field's form; null where it has none. */
    static @Nullable Object value(FieldDefinition field, @Nullable Object raw) {
        try {
            return raw == null ? null : FieldValues.parse(field.type(), raw);
        } catch (InvalidValueException _) {
            // The field has got another type since.
            return null;
        }
    }

    /** Ids by values of a field. */
    Map<Object, UUID> find(String object, String field, Collection<?> values) {
        var found = new LinkedHashMap<Object, UUID>();
        for (Object value : values) {
            List<UUID> ids = MatchingIds.find(query -> records.query(query, session), object, field,
                    List.of(value.toString()));
            if (!ids.isEmpty()) {
                found.put(value, ids.getFirst());
            }
        }
        return found;
    }
}
