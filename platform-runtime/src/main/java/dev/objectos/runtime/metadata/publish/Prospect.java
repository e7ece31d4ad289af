package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.schema.SchemaPlan;
import java.util.List;

/**
 * What publishing would mean.
 *
 * @param catalog what would serve
 * @param violations everything that is wrong or doubtful in it
 * @param errors those that stand in the way
 * @param plan what would be done to the tables, and lost with it; empty where there are errors
 */
public record Prospect(Catalog catalog, List<Violation> violations, List<Violation> errors, SchemaPlan plan) {

    public Prospect {
        violations = List.copyOf(violations);
        errors = List.copyOf(errors);
    }
}
