package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.Masking;
import java.util.Map;
import java.util.Set;

/**
 * What a session sees of an object's fields.
 *
 * @param readable whether it may read the object at all
 * @param hidden fields, by API name, that do not exist as far as the session can tell
 * @param masked of the others those of which something else is shown
 */
public record FieldView(boolean readable, Set<String> hidden, Map<String, Masking> masked) {

    /** Every field is seen as it is. */
    public static final FieldView WHOLE = new FieldView(true, Set.of(), Map.of());

    public FieldView {
        hidden = Set.copyOf(hidden);
        masked = Map.copyOf(masked);
    }

    /** Whether the object has that field, as far as the session can tell. */
    public boolean has(ObjectDefinition object, String field) {
        return object.fields().containsKey(field) && !hidden.contains(field);
    }

    /** Whether the field is seen as it is. */
    public boolean plain(String field) {
        return !hidden.contains(field) && !masked.containsKey(field);
    }
}
