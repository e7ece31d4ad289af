package dev.objectos.server.record;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.RecordQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of which objects every field depends on the record's row alone. Only then does an unchanged version mean an unchanged
 * answer: a summary moves with the children, a formula with the clock or with records that it looks up.
 */
record Stability(Set<String> rowAlone) {

    static Stability of(Catalog catalog) {
        return catalog.derive(Stability.class, Stability::derive);
    }

    /** Whether 304 may answer a question about a version that the caller holds. */
    boolean answersByVersion(ObjectDefinition object, RecordQuery query) {
        return query.expand().isEmpty()
                && (query.fields().isEmpty() ? rowAlone.contains(object.name()) : selectsOfRow(object, query.fields()));
    }

    private static boolean selectsOfRow(ObjectDefinition object, List<FieldPath> fields) {
        return fields.stream().allMatch(path -> path.isDirect()
                && object.field(path.first()).filter(field -> ofRow(field.type())).isPresent());
    }

    private static Stability derive(Catalog catalog) {
        var rowAlone = new HashSet<String>();
        for (ObjectDefinition object : catalog.objects()) {
            if (object.fields().values().stream().allMatch(field -> ofRow(field.type()))) {
                rowAlone.add(object.name());
            }
        }
        return new Stability(Set.copyOf(rowAlone));
    }

    private static boolean ofRow(FieldType type) {
        return !(type instanceof FieldType.Formula) && !(type instanceof FieldType.Summary);
    }
}
