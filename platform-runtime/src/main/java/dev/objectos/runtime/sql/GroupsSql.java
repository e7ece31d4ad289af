package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Grouped;
import dev.objectos.runtime.query.GroupSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Groups of records as a JSON array of objects. */
final class GroupsSql {

    /** How PostgreSQL says that there are more groups than may be shown. */
    static final String TOO_MANY = "2201G";

    private static final String GROUPS = "p";

    private GroupsSql() {}

    static Field<Object> json(Grouped grouped, List<GroupSelection.Part> shown) {
        var values = new HashMap<String, Field<Object>>();
        var fields = new ArrayList<Field<Object>>();
        for (var member : grouped.members()) {
            String column = "m" + fields.size();
            fields.add(ScalarSql.of(member.value()).as(column));
            values.put(member.name(), JsonSql.plain(ScalarSql.column(GROUPS, column), member.value().type()));
        }
        if (fields.isEmpty()) {
            fields.add(ScalarSql.sql("1").as("one"));
        }
        boolean counted = grouped.all() && !grouped.keys().isEmpty();
        Table<?> wanted = RowsSql.limited(PageSql.grouped(grouped, fields), RowsSql.order(grouped.order()),
                counted ? grouped.limit() + 1 : grouped.limit(), grouped.offset()).asTable(GROUPS);
        Field<Object> group = object(shown, values);
        return counted ? atMost(grouped.limit(), group, wanted) : JsonSql.array(group, wanted);
    }

    /**
     * An expression can fail only by a function that fails: that of histograms does, with a code of its own, where its bounds
     * are equal. It is asked of the count, for what is constant PostgreSQL computes before it knows whether it has to.
     */
    private static Field<Object> atMost(int limit, Field<Object> group, Table<?> groups) {
        return ScalarSql.sql("({0})", DSL.select(ScalarSql.sql("case when count(*) > {1} "
                + "then to_json(width_bucket(cast(count(*) as double precision), 0, 0, 1)) "
                + "else coalesce(json_agg({0}), cast('[]' as json)) end", group, DSL.inline(limit))).from(groups));
    }

    private static Field<Object> object(List<GroupSelection.Part> parts, Map<String, Field<Object>> values) {
        return JsonSql.object(parts.stream().map(GroupSelection.Part::name).toList(),
                parts.stream().map(part -> switch (part) {
                    case GroupSelection.Part.Text(String _, String text) -> JsonSql.text(text);
                    case GroupSelection.Part.Value(String _, String alias) -> known(values, alias);
                    case GroupSelection.Part.Nested(String _, var nested) -> nested.isEmpty()
                            ? ScalarSql.sql("cast(null as json)")
                            : object(nested, values);
                }).toList());
    }

    private static Field<Object> known(Map<String, Field<Object>> values, String alias) {
        Field<Object> value = values.get(alias);
        if (value == null) {
            throw new IllegalStateException("the plan lacks a value of a group: " + alias);
        }
        return value;
    }
}
