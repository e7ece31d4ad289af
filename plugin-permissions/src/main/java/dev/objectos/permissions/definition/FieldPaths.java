package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import org.jspecify.annotations.Nullable;

/** What dotted names of fields lead to. */
final class FieldPaths {

    private FieldPaths() {}

    /** The type at the end of a path; null where it leads nowhere. */
    static @Nullable FieldType type(Catalog catalog, ObjectDefinition object, String path) {
        ObjectDefinition at = object;
        FieldType type = null;
        for (String segment : path.split("\\.", -1)) {
            if (at == null) {
                return null;
            }
            type = at.field(segment).map(FieldDefinition::type).orElse(null);
            at = type instanceof FieldType.Reference reference
                    ? catalog.object(reference.target()).orElse(null)
                    : null;
        }
        return type;
    }
}
