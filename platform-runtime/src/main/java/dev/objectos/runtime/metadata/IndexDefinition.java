package dev.objectos.runtime.metadata;

import java.util.List;

/**
 * An index over stored fields; the tenant always comes first and is not written.
 *
 * @param name unique within the object
 * @param fields API names, in order
 * @param unique whether two records of a tenant may share the values
 */
public record IndexDefinition(String name, List<String> fields, boolean unique, SourceLocation source) {

    public IndexDefinition {
        fields = List.copyOf(fields);
    }
}
