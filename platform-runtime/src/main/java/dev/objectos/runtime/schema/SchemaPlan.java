package dev.objectos.runtime.schema;

import java.util.List;

/**
 * What has to be done to the database before a catalog can be used.
 *
 * @param steps in order
 * @param losses what they would lose
 */
public record SchemaPlan(List<SchemaStep> steps, List<Loss> losses) {

    public SchemaPlan {
        steps = List.copyOf(steps);
        losses = List.copyOf(losses);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The steps in words. */
    public List<String> describe() {
        return steps.stream().map(SchemaStep::describe).toList();
    }
}
