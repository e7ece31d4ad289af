package dev.objectos.runtime.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the schema would lose, or what stands in its way.
 *
 * @param field API name; null: the object as a whole
 * @param reason for people, such as {@code "status" has values that are no longer options}
 * @param rows how many records are concerned
 * @param forceable whether {@code force} goes ahead; otherwise the records must be mended first
 */
public record Loss(String object, @Nullable String field, String reason, long rows, boolean forceable) {

    /** As an answer shows it. */
    public Map<String, Object> toMap() {
        var members = new LinkedHashMap<String, Object>();
        members.put("object", object);
        if (field != null) {
            members.put("field", field);
        }
        members.put("reason", reason);
        members.put("rows", rows);
        return members;
    }
}
