package dev.objectos.runtime.plan;

import java.util.List;

/**
 * Rows of one table that satisfy conditions, among them always the tenant's and those of every rewriter.
 *
 * @param joins what the conditions, and whoever reads the rows, reach through lookups
 */
public record Rows(Source source, List<Join> joins, List<RowCondition> conditions) {

    public Rows {
        joins = List.copyOf(joins);
        conditions = List.copyOf(conditions);
    }
}
