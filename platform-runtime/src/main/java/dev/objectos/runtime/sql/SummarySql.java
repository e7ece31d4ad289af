package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.SummaryGraph;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import org.jooq.QueryPart;

/** A summary as SQL over all children of the parent row {@code t}. */
public final class SummarySql {

    private SummarySql() {}

    /** What the values of a summary are computed by, with every formula spelled out: another text, other values. */
    public static String definition(Catalog catalog, SummaryGraph.Link link) {
        var text = new WriteText();
        return text.statement(value(text, catalog, link)).sql();
    }

    static QueryPart value(WriteText text, Catalog catalog, SummaryGraph.Link link) {
        PhysicalTable parent = PhysicalSchema.of(catalog).table(link.parent().name());
        PhysicalTable child = PhysicalSchema.of(catalog).table(link.child().name());
        var scope = new TableScope(catalog, text, link.child(), "c");
        var summed = link.summed();
        QueryPart value = summed == null ? sql("*") : scope.record(FieldPath.of(summed.name()));
        QueryPart aggregate = switch (link.summary().function()) {
            case COUNT -> sql("count(*)");
            case SUM -> sql("coalesce(sum({0}), 0)", value);
            case AVG -> sql("avg({0})", value);
            case MIN -> sql("min({0})", value);
            case MAX -> sql("max({0})", value);
        };
        var filter = link.filter();
        return sql("(select {0} from {1} as c where c.{2} = t.{3}{4}{5})", aggregate,
                name(PhysicalSchema.NAME, child.name()), name(child.column(link.reference().name()).name()),
                name(parent.column(SystemFields.ID).name()), child.global() || parent.global()
                        ? sql("")
                        : sql(" and c.{0} = t.{0}", name(SystemFields.TENANT_ID)),
                filter == null ? sql("") : sql(" and {0}", filter.toCondition(scope)));
    }
}
