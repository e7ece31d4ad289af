package dev.objectos.runtime.schema;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    private static final int MOST_TOLD = 5;

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

    /** The refusal of a change that would lose that. */
    public static PlatformException refusal(List<Loss> losses) {
        String first = losses.stream().limit(MOST_TOLD)
                .map(loss -> (loss.field() == null ? loss.object() : loss.object() + "." + loss.field()) + ": "
                        + loss.reason() + " (" + loss.rows() + (loss.rows() == 1 ? " record)" : " records)"))
                .collect(Collectors.joining("; "));
        return new PlatformException(RuntimeError.DESTRUCTIVE_CHANGE, "The change would lose data. " + first)
                .about(losses.getFirst().object()).with("losses", losses.stream().map(Loss::toMap).toList());
    }
}
