package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What expressions see around a change; records behind lookups are read when they are asked for. */
record ChangeContext(Catalog catalog, ObjectDefinition object, Map<String, @Nullable Object> record,
        @Nullable Map<String, @Nullable Object> before, RelatedRecords related, Session session,
        Instant now) implements EvaluationContext {

    @Override
    public @Nullable Object record(FieldPath path) {
        return value(object, record, path.segments());
    }

    @Override
    public @Nullable Object previous(FieldPath path) {
        return before == null ? null : value(object, before, path.segments());
    }

    /** The same change judged by the record as it was. */
    ChangeContext asStored() {
        return new ChangeContext(catalog, object, before == null ? Map.of() : before, before, related, session, now);
    }

    private @Nullable Object value(ObjectDefinition of, Map<String, @Nullable Object> values, List<String> path) {
        Object value = values.get(path.getFirst());
        if (path.size() == 1) {
            return value;
        }
        if (!(value instanceof UUID id)
                || !(of.field(path.getFirst()).orElseThrow().type() instanceof FieldType.Reference reference)) {
            return null;
        }
        ObjectDefinition target = catalog.object(reference.target()).orElseThrow();
        Map<String, @Nullable Object> row = related.row(target, id);
        return row == null ? null : value(target, row, path.subList(1, path.size()));
    }
}
