package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.List;
import java.util.UUID;

/** One record by its id; {@code fields} empty means every field. */
public record RecordQuery(String object, UUID id, List<FieldPath> fields, List<Expansion> expand) {

    public RecordQuery {
        fields = List.copyOf(fields);
        expand = List.copyOf(expand);
    }
}
