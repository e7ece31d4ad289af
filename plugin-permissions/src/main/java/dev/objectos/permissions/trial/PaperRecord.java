package dev.objectos.permissions.trial;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that exists in a test alone.
 *
 * @param values by field, in the forms of {@code metadata.FieldValues}
 * @param related the records that its lookups lead to, as far as the test describes them
 */
record PaperRecord(Map<String, @Nullable Object> values, Map<String, PaperRecord> related) {

    /** The value at the end of a path; null where a lookup on the way leads nowhere. */
    @Nullable
    Object value(FieldPath path) {
        PaperRecord at = this;
        List<String> segments = path.segments();
        for (String lookup : segments.subList(0, segments.size() - 1)) {
            at = at.related.get(lookup);
            if (at == null) {
                return null;
            }
        }
        return at.values.get(path.last());
    }
}
