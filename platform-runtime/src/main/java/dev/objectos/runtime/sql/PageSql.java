package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Grouped;
import dev.objectos.runtime.plan.Listing;
import dev.objectos.runtime.plan.OrderKey;
import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.plan.RowCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a page: a row for each record, or group, in their order, every value as text. One row more than wanted
 * is looked for, to know whether there are more.
 */
final class PageSql {

    /** The rows of a page are in the memory of the server all at once, however many ask at a time. */
    static final int MAX_BYTES = 32 << 20;

    private static final String ROWS = "r";
    private static final String GROUPS = "p";
    private static final String COUNTED = "n";
    private static final String TOTAL = "#total";
    private static final String PRESENT = "#row";
    private static final String BYTES = "#bytes";

    private PageSql() {}

    static ReadStatement records(String object, ReadPlan.Answer.Page page) {
        Listing listing = page.listing();
        RowCondition.After after = page.after();
        Condition[] further = after == null ? new Condition[0] : new Condition[]{ConditionSql.of(after)};
        var columns = new PageColumns();
        List<PageLayout.Member> members = columns.members(listing.projection());
        var keys = new ArrayList<Integer>();
        for (int i = 0; i < listing.order().size(); i++) {
            keys.add(columns.column(listing.order().get(i).value(), RowsSql.keyAfterwards(listing, i)));
        }
        boolean counted = page.count() || listing.offset() != null;
        return page(columns,
                new Rows(RowsSql.joined(RowsSql.part(listing, listing.limit() + 1, further), listing.joins()),
                        order(listing),
                        listing.limit()),
                counted ? RowsSql.select(List.of(DSL.count()), listing.rows()) : null,
                new Told(object, members, after == null, new PageLayout.Place(page.order(), keys)));
    }

    /** The rows of a listing as they are, without a word about others. */
    static ReadStatement list(String object, String name, Listing listing) {
        var columns = new PageColumns();
        List<PageLayout.Member> members = columns.members(listing.projection());
        var rows = new Rows(RowsSql.joined(RowsSql.part(listing, listing.limit()), listing.joins()), order(listing),
                listing.limit());
        return statement(columns, rows, null,
                size -> new ListLayout(PageLayout.Member.named(name), object, members, size));
    }

    static ReadStatement groups(String object, ReadPlan.Answer.Groups groups) {
        Grouped grouped = groups.grouped();
        var fields = new ArrayList<SelectFieldOrAsterisk>();
        var columns = new PageColumns();
        var members = new ArrayList<PageLayout.Member>();
        for (int i = 0; i < grouped.members().size(); i++) {
            var member = grouped.members().get(i);
            fields.add(ScalarSql.of(member.value()).as("m" + i));
            members.add(columns.value(member.name(), ScalarSql.column(GROUPS, "m" + i), member.value().type()));
        }
        var order = new ArrayList<SortField<Object>>();
        for (int i = 0; i < grouped.order().size(); i++) {
            OrderKey key = grouped.order().get(i);
            fields.add(ScalarSql.of(key.value()).as("k" + i));
            Field<Object> value = ScalarSql.column(GROUPS, "k" + i);
            order.add(key.descending() ? value.desc() : value.asc());
        }
        Table<?> wanted = RowsSql.limited(grouped(grouped, fields), RowsSql.order(grouped.order()),
                grouped.limit() + 1, grouped.offset()).asTable(GROUPS);
        boolean counted = groups.count() || grouped.offset() != null;
        return page(columns, new Rows(wanted, order, grouped.limit()),
                counted
                        ? DSL.selectCount().from(grouped(grouped, List.of(DSL.field("1").as("one"))).asTable(GROUPS))
                        : null,
                new Told(object, members, true, null));
    }

    /** The order of the rows of a listing, where they are joined. */
    private static List<SortField<Object>> order(Listing listing) {
        return IntStream.range(0, listing.order().size()).mapToObj(i -> {
            Field<Object> value = RowsSql.keyAfterwards(listing, i);
            return listing.order().get(i).descending() ? value.desc() : value.asc();
        }).toList();
    }

    /** The rows of a page, one more than wanted, and the order that they stand in. */
    private record Rows(Table<?> tables, List<SortField<Object>> order, int limit) {}

    /**
     * What the layout says besides the columns.
     *
     * @param first whether it may be the first page, which tells how many there are in all if no more come
     */
    private record Told(String object, List<PageLayout.Member> members, boolean first,
            PageLayout.@Nullable Place cursor) {}

    private static ReadStatement page(PageColumns columns, Rows rows, @Nullable Select<?> total, Told told) {
        int next = columns.count();
        int counted = total == null ? 0 : next + 1;
        int present = total == null ? 0 : next + 2;
        return statement(columns, rows, total, size -> new PageLayout(told.object(), rows.limit(), told.members(),
                counted, present, told.first(), size, told.cursor()));
    }

    /**
     * Measures all rows together only where large values are to be expected: that takes a fifth of the time of a usual
     * page.
     */
    private static ReadStatement statement(PageColumns columns, Rows rows, @Nullable Select<?> total,
            Function<SizeCheck, AnswerLayout> layout) {
        int rowBytes = MAX_BYTES / (rows.limit() + 1);
        Set<Integer> large = columns.large(rowBytes);
        if (large.isEmpty()) {
            Select<?> select = total == null
                    ? ordered(columns.named(), rows)
                    : judged(columns, rows, total, large);
            return new ReadStatement(select, layout.apply(new SizeCheck.None()));
        }
        int last = columns.count() + (total == null ? 1 : 3);
        var together = new ReadStatement(judged(columns, rows, total, large),
                layout.apply(new SizeCheck.Together(last)));
        Integer each = total == null ? columns.each(rowBytes) : null;
        return each == null
                ? together
                : new ReadStatement(ordered(columns.upTo(each), rows), layout.apply(new SizeCheck.Each(last)),
                        together);
    }

    private static Select<?> ordered(List<Field<Object>> columns, Rows rows) {
        return DSL.select(columns).from(rows.tables()).orderBy(rows.order());
    }

    /** With how many there are in all, and how large those shown are together; large values only where they fit. */
    private static Select<?> judged(PageColumns columns, Rows rows, @Nullable Select<?> total, Set<Integer> large) {
        var fields = new ArrayList<SelectFieldOrAsterisk>(columns.named());
        var order = new ArrayList<SortField<Object>>();
        for (int i = 0; i < rows.order().size(); i++) {
            fields.add(rows.order().get(i).$field().as("#o" + i));
            order.add(ScalarSql.column(ROWS, "#o" + i).sort(rows.order().get(i).$sortOrder()));
        }
        if (total != null) {
            fields.add(DSL.field("true").as(PRESENT));
        }
        // Without the offset, PostgreSQL would build each value twice: to measure it, and to show it.
        Table<?> shown = DSL.select(fields).from(rows.tables()).offset(DSL.inline(0L)).asTable(ROWS);
        if (!large.isEmpty()) {
            shown = DSL.select(DSL.field("{0}.*", DSL.name(ROWS)), together(large).as(BYTES)).from(shown)
                    .asTable(ROWS);
        }
        var all = new ArrayList<SelectFieldOrAsterisk>();
        for (int i = 0; i < columns.count(); i++) {
            Field<Object> value = PageColumns.in(ROWS, i);
            all.add(large.contains(i)
                    ? ScalarSql.sql("case when {0} <= {1} then {2} end", ScalarSql.column(ROWS, BYTES),
                            DSL.inline(MAX_BYTES), value)
                    : value);
        }
        if (total != null) {
            all.add(ScalarSql.sql("cast({0} as text)", ScalarSql.column(COUNTED, TOTAL)));
            all.add(ScalarSql.sql("cast({0} as text)", ScalarSql.column(ROWS, PRESENT)));
        }
        if (!large.isEmpty()) {
            all.add(ScalarSql.column(ROWS, BYTES));
        }
        Table<?> tables = total == null
                ? shown
                : total.asTable(DSL.name(COUNTED), DSL.name(TOTAL)).leftJoin(shown).on(DSL.trueCondition());
        return DSL.select(all).from(tables).orderBy(order);
    }

    /** A double cannot overflow, and is exact far beyond the limit. */
    private static Field<Object> together(Set<Integer> large) {
        List<Field<Object>> values = large.stream().map(i -> PageColumns.in(ROWS, i)).toList();
        String lengths = IntStream.range(0, values.size())
                .mapToObj(i -> "coalesce(cast(octet_length({" + i + "}) as double precision), 0)")
                .collect(Collectors.joining(" + "));
        return ScalarSql.sql("cast(sum(" + lengths + ") over () as bigint)", values.toArray(Field[]::new));
    }

    static Select<Record> grouped(Grouped grouped, List<? extends SelectFieldOrAsterisk> fields) {
        List<Field<Object>> inputs = grouped.inputs().stream()
                .map(input -> ScalarSql.of(input.value()).as(input.name())).toList();
        Select<Record> rows = RowsSql.select(inputs.isEmpty() ? List.of(DSL.field("1").as("one")) : inputs,
                grouped.rows());
        var from = DSL.select(fields).from(rows.asTable(ScalarSql.GROUPED));
        Condition having = ConditionSql.of(grouped.having());
        return grouped.keys().isEmpty()
                ? from.having(having)
                : from.groupBy(grouped.keys().stream().map(key -> ScalarSql.column(ScalarSql.GROUPED, key)).toList())
                        .having(having);
    }
}
