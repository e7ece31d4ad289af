package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Grouped;
import dev.objectos.runtime.plan.Listing;
import dev.objectos.runtime.plan.OrderKey;
import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.plan.RowCondition;
import dev.objectos.runtime.plan.Scalar;
import dev.objectos.runtime.plan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Whole statements: their one row is the answer. */
final class AnswerSql {

    /** An answer is one value in the memory of the database and of the server, however many ask at a time. */
    static final int MAX_BYTES = 32 << 20;

    private static final String PAGE = "p";
    private static final Name ANSWER = DSL.name("a");

    private AnswerSql() {}

    /** Columns: version, the record as JSON. No row where there is no such record. */
    static Select<?> one(ReadPlan.Answer.One one) {
        return RowsSql.select(List.of(ScalarSql.of(one.version()), JsonSql.object(one.projection())), one.rows());
    }

    /** No row where the one value of the statement has more than {@link #MAX_BYTES}. */
    private static Select<?> capped(Select<Record1<Object>> answer) {
        Name value = DSL.name("a", "json");
        // Without the offset, PostgreSQL would build the value twice: for the condition, and for the answer.
        return DSL.select(DSL.field(value)).from(answer.$offset(DSL.inline(0L)).asTable(ANSWER, DSL.name("json")))
                .where(DSL.condition("octet_length({0}) <= {1}", value, DSL.inline(MAX_BYTES)));
    }

    /** One column: the page as JSON. One row more than wanted is looked for, to know whether there are more. */
    static Select<?> page(String object, ReadPlan.Answer.Page page) {
        Listing listing = page.listing();
        RowCondition.After after = page.after();
        Condition[] further = after == null ? new Condition[0] : new Condition[]{ConditionSql.of(after)};
        Source root = listing.rows().source();
        JsonSql.Shown shown = JsonSql.shown(
                RowsSql.joined(RowsSql.positioned(listing, listing.limit() + 1, further), listing.joins()),
                listing.projection());
        var envelope = new Envelope(object, shown.json(), RowsSql.position(root), listing.limit());
        Field<Object> total = total(envelope, page.count() || listing.offset() != null, after != null, listing.offset(),
                RowsSql.select(List.of(DSL.count()), listing.rows()));
        return capped(DSL.select(envelope.json(total, cursor(page))).from(shown.tables()));
    }

    /** One column: the page of groups as JSON. */
    static Select<?> groups(String object, ReadPlan.Answer.Groups groups) {
        Grouped grouped = groups.grouped();
        var values = new ArrayList<SelectFieldOrAsterisk>();
        var columns = new ArrayList<Field<Object>>();
        for (int i = 0; i < grouped.members().size(); i++) {
            values.add(JsonSql.plain(grouped.members().get(i).value()).as("m" + i));
            columns.add(ScalarSql.column(PAGE, "m" + i));
        }
        Select<Record> wanted = RowsSql.limited(grouped(grouped, values), RowsSql.order(grouped.order()),
                grouped.limit() + 1, grouped.offset());
        var positioned = DSL
                .select(DSL.field("{0}.*", DSL.name(PAGE)), DSL.field("row_number() over ()").as(RowsSql.POSITION))
                .from(wanted.asTable(PAGE)).asTable(PAGE);
        JsonSql.Shown shown = JsonSql.shown(positioned,
                grouped.members().stream().map(Projection.Member.Plain::name).toList(), columns);
        var envelope = new Envelope(object, shown.json(), ScalarSql.column(PAGE, RowsSql.POSITION), grouped.limit());
        Select<?> all = DSL.selectCount()
                .from(grouped(grouped, List.of(DSL.field("1").as("one"))).asTable(PAGE));
        Field<Object> total = total(envelope, groups.count() || grouped.offset() != null, false, grouped.offset(), all);
        return capped(DSL.select(envelope.json(total, null)).from(shown.tables()));
    }

    private static Select<Record> grouped(Grouped grouped, List<? extends SelectFieldOrAsterisk> fields) {
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

    /** How many there are in all: counted only where that is asked for and the page does not tell by itself. */
    private static @Nullable Field<Object> total(Envelope envelope, boolean wanted, boolean cursor,
            Scalar.@Nullable Parameter offset, Select<?> all) {
        Field<Object> skipped = offset == null ? ScalarSql.sql("0") : ScalarSql.of(offset);
        Condition told = offset == null
                ? DSL.not(envelope.more())
                : DSL.condition("not {0} and (count(*) > 0 or {1} = 0)", envelope.more(), skipped);
        if (cursor) {
            return wanted ? ScalarSql.sql("({0})", all) : null;
        }
        return wanted
                ? ScalarSql.sql("case when {0} then {1} + count(*) else ({2}) end", told, skipped, all)
                : ScalarSql.sql("case when {0} then count(*) end", told);
    }

    /** The place of the last record shown, which {@code plan.Cursor} reads. */
    private static Field<Object> cursor(ReadPlan.Answer.Page page) {
        List<OrderKey> order = page.listing().order();
        var parts = new ArrayList<Field<?>>();
        parts.add(DSL.inline(page.order()));
        for (int i = 0; i < order.size(); i++) {
            parts.add(RowsSql.keyAfterwards(page.listing(), i));
        }
        String keys = IntStream.rangeClosed(1, order.size()).mapToObj(i -> "cast({" + i + "} as text)")
                .collect(Collectors.joining(", "));
        return ScalarSql.sql("translate(encode(convert_to(cast(json_build_array(cast({0} as text), " + keys
                + ") as text), 'UTF8'), 'base64'), E'+/=\\n', '-_')", parts.toArray(Field[]::new));
    }

    /**
     * What stands around the records of a page.
     *
     * @param row a record as JSON
     * @param position its place, counted from 1
     */
    private record Envelope(String object, Field<Object> row, Field<Object> position, int limit) {

        Condition more() {
            return DSL.condition("count(*) > {0}", DSL.inline(limit));
        }

        Field<Object> json(@Nullable Field<Object> total, @Nullable Field<Object> cursor) {
            // concat leaves out what is null.
            return ScalarSql.sql(
                    "concat({0}, string_agg(cast({1} as text), ',' order by {2}) filter (where {2} <= {3}), ']', {4}, {5})",
                    DSL.inline("{\"object\":\"" + object + "\",\"records\":["), row, position, DSL.inline(limit),
                    total == null ? DSL.inline("") : ScalarSql.sql("',\"total\":' || cast({0} as text)", total),
                    ending(cursor));
        }

        private Field<Object> ending(@Nullable Field<Object> cursor) {
            if (cursor == null) {
                return ScalarSql.sql("case when {0} then ',\"hasMore\":true}' else ',\"hasMore\":false}' end", more());
            }
            return ScalarSql.sql("""
                    case when {0} then concat(',"hasMore":true,"nextCursor":"', \
                    max({1}) filter (where {2} = {3}), '"}') else ',"hasMore":false}' end""", more(), cursor, position,
                    DSL.inline(limit));
        }
    }
}
