package dev.objectos.permissions.explain;

import java.util.List;
import java.util.Map;

/**
 * The answer to a question about rights.
 *
 * @param decision in a sentence
 * @param fields for each field asked for, whether it is seen and whether it may be written
 * @param layers what was asked, in the order in which it counts
 */
public record Explanation(boolean allowed, String decision, Map<String, FieldDecision> fields, List<Layer> layers) {

    /** What may be done with a field. */
    public record FieldDecision(boolean visible, boolean masked, boolean editable) {}
}
