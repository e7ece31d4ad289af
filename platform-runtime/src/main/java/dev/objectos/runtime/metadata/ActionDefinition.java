package dev.objectos.runtime.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a person can do with a record, or with the object as a whole.
 *
 * @param onRecord whether it needs a record
 * @param params by name
 * @param definition everything that was written, handler included
 * @param handler what is done when it is run, as it was written; null: it only describes something
 */
public record ActionDefinition(String name, String label, boolean onRecord, Map<String, FieldDefinition> params,
        Map<String, Object> definition, @Nullable Written handler, SourceLocation source) {

    public ActionDefinition {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        definition = Collections.unmodifiableMap(new LinkedHashMap<>(definition));
    }
}
