package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Join;
import dev.objectos.runtime.plan.Listing;
import dev.objectos.runtime.plan.OrderKey;
import dev.objectos.runtime.plan.Rows;
import dev.objectos.runtime.plan.Scalar;
import dev.objectos.runtime.plan.Source;
import dev.objectos.runtime.schema.PhysicalSchema;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Rows of a plan as SQL: tables, joins, order, and the part of them that is wanted. */
final class RowsSql {

    /** The place of a row in its order, counted from 1; no column has such a name. */
    static final String POSITION = "#n";

    private RowsSql() {}

    /** The rows with everything that they join. */
    static Select<Record> select(List<? extends SelectFieldOrAsterisk> fields, Rows rows, Condition... further) {
        Condition where = ConditionSql.all(rows.conditions());
        for (Condition condition : further) {
            where = where.and(condition);
        }
        return DSL.select(fields).from(joined(table(rows.source()), rows.joins())).where(where);
    }

    /** A table expression and what lookups lead to from it. */
    static Table<?> joined(Table<?> root, List<Join> joins) {
        Table<?> tables = root;
        for (Join join : joins) {
            Rows target = join.target();
            Condition link = DSL.condition("{0} = {1}", id(target.source()), ScalarSql.of(join.lookup()));
            if (target.joins().isEmpty()) {
                tables = tables.leftJoin(table(target.source())).on(ConditionSql.all(target.conditions()).and(link));
            } else {
                Select<Record> restricted = select(List.of(everything(target.source())), target, link);
                tables = tables.leftJoin(DSL.lateral(restricted.asTable(target.source().alias())))
                        .on(DSL.trueCondition());
            }
        }
        return tables;
    }

    /** The wanted {@link #part} of a listing with each row's {@link #POSITION}. */
    static Table<?> positioned(Listing listing, Condition... further) {
        Source root = listing.rows().source();
        return DSL.select(everything(root), DSL.field("row_number() over ()").as(POSITION))
                .from(part(listing, listing.limit(), further)).asTable(root.alias());
    }

    /**
     * The wanted part of a listing, in order, as a table of the same alias as its root: all columns, and the keys of the
     * order that {@link #keyAfterwards} names.
     */
    static Table<?> part(Listing listing, int limit, Condition... further) {
        Rows rows = listing.rows();
        var fields = new ArrayList<SelectFieldOrAsterisk>();
        fields.add(everything(rows.source()));
        for (int i = 0; i < listing.order().size(); i++) {
            if (!belongsTo(rows.source(), listing.order().get(i))) {
                fields.add(ScalarSql.of(listing.order().get(i).value()).as(keyName(i)));
            }
        }
        return limited(select(fields, rows, further), order(listing.order()), limit, listing.offset())
                .asTable(rows.source().alias());
    }

    /** A key of the order of a {@link #part}, positioned or not. */
    static Field<Object> keyAfterwards(Listing listing, int index) {
        Source root = listing.rows().source();
        OrderKey key = listing.order().get(index);
        return belongsTo(root, key) ? ScalarSql.of(key.value()) : ScalarSql.column(root.alias(), keyName(index));
    }

    static Field<Object> position(Source source) {
        return ScalarSql.column(source.alias(), POSITION);
    }

    static Field<Object> id(Source source) {
        return ScalarSql.column(source.alias(), source.table().column("id").name());
    }

    static List<SortField<Object>> order(List<OrderKey> keys) {
        // PostgreSQL puts nulls last ascending and first descending by itself, and so do its indexes.
        return keys.stream().map(key -> key.descending()
                ? ScalarSql.of(key.value()).desc()
                : ScalarSql.of(key.value()).asc()).toList();
    }

    static Select<Record> limited(Select<Record> select, List<SortField<Object>> order, int limit,
            Scalar.@Nullable Parameter offset) {
        var query = select.$orderBy(order).$limit(DSL.inline((long) limit));
        return offset == null ? query : query.$offset(number(offset));
    }

    @SuppressWarnings("unchecked")
    private static Field<Long> number(Scalar.Parameter parameter) {
        return (Field<Long>) (Field<?>) ScalarSql.of(parameter);
    }

    private static boolean belongsTo(Source root, OrderKey key) {
        return key.value() instanceof Scalar.Column column && column.source().equals(root);
    }

    private static String keyName(int index) {
        return "#k" + index;
    }

    private static Table<?> table(Source source) {
        if (source.bin()) {
            return BinSql.table(source.table()).as(source.alias());
        }
        Name stored = DSL.name(PhysicalSchema.NAME, source.table().name());
        Scalar.Parameter earlier = source.earlier();
        if (earlier == null) {
            return DSL.table(stored).as(source.alias());
        }
        // A row that is still there had all that it has, but for what is said to have been different.
        return DSL.table("""
                (select r.* from jsonb_array_elements({0}) as o (part)
                left join {1} as b on b.{2} = cast(o.part ->> 'id' as uuid) and o.part ->> 'removed' = 'false'
                cross join lateral jsonb_populate_record(b.*, o.part -> 'row') as r)""", ScalarSql.of(earlier),
                stored, DSL.name(source.table().column("id").name())).as(source.alias());
    }

    private static SelectFieldOrAsterisk everything(Source source) {
        return DSL.field("{0}.*", DSL.name(source.alias()));
    }
}
