package dev.objectos.runtime.schema;

import java.util.List;
import java.util.Objects;

/**
 * A retired column, or a whole retired table, that is to go for good.
 *
 * @param column empty: the table
 */
public record Removal(String object, String column) {

    /** What a plan puts away although it holds values that are lost with it. */
    public static List<Removal> of(SchemaPlan plan) {
        return plan.steps().stream().map(step -> switch (step) {
            case SchemaStep.RetireTable retire when plan.loses(retire.object(), null) ->
                new Removal(retire.object(), "");
            case SchemaStep.RetireColumn retire when plan.loses(retire.object(), retire.field()) ->
                new Removal(retire.object(), retire.column());
            default -> null;
        }).filter(Objects::nonNull).toList();
    }

    boolean isTable() {
        return column.isEmpty();
    }
}
