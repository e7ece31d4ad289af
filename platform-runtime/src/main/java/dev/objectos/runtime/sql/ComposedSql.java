package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.ReadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statement of several answers: one row with the JSON of each. A single list is rows instead, of which the server makes
 * the JSON, as it does of pages.
 */
final class ComposedSql {

    private static final String ANSWERS = "#a";
    private static final String MEASURED = "#m";
    private static final String BYTES = "#bytes";
    private static final byte[] NOTHING = new byte[0];

    private ComposedSql() {}

    static ReadStatement of(String object, ReadPlan.Answer.Composed composed) {
        if (composed.parts().size() == 1
                && composed.parts().getFirst() instanceof ReadPlan.Answer.Composed.Part.Several several) {
            return PageSql.list(object, several.name(), several.listing());
        }
        var members = new ArrayList<ComposedLayout.Member>();
        var answers = new ArrayList<Field<Object>>();
        for (ReadPlan.Answer.Composed.Part part : composed.parts()) {
            byte[] name = PageLayout.Member.named(part.name());
            if (part instanceof ReadPlan.Answer.Composed.Part.Text text) {
                members.add(new ComposedLayout.Member(name, 0, JsonBytes.quoted(text.text())));
            } else {
                answers.add(ScalarSql.sql("cast({0} as text)", json(part)));
                members.add(new ComposedLayout.Member(name, answers.size() + 1, NOTHING));
            }
        }
        return new ReadStatement(measured(answers), new ComposedLayout(object, members));
    }

    /** How large the answers are together, and the answers where they fit. */
    private static Select<?> measured(List<Field<Object>> answers) {
        if (answers.isEmpty()) {
            return DSL.select(DSL.inline(0L));
        }
        List<Field<Object>> named = IntStream.range(0, answers.size()).mapToObj(i -> answers.get(i).as(name(i)))
                .toList();
        // Without the offset, PostgreSQL would build each answer twice: to measure it, and to show it.
        Table<?> built = DSL.select(named).offset(DSL.inline(0L)).asTable(ANSWERS);
        String lengths = IntStream.range(0, answers.size())
                .mapToObj(i -> "coalesce(cast(octet_length({" + i + "}) as bigint), 0)")
                .collect(Collectors.joining(" + "));
        Field<Object> bytes = ScalarSql.sql(lengths, IntStream.range(0, answers.size())
                .mapToObj(i -> ScalarSql.column(ANSWERS, name(i))).toArray(Field[]::new));
        Table<?> measured = DSL.select(DSL.field("{0}.*", DSL.name(ANSWERS)), bytes.as(BYTES)).from(built)
                .asTable(MEASURED);
        var shown = new ArrayList<SelectFieldOrAsterisk>();
        shown.add(ScalarSql.column(MEASURED, BYTES));
        for (int i = 0; i < answers.size(); i++) {
            shown.add(ScalarSql.sql("case when {0} <= {1} then {2} end", ScalarSql.column(MEASURED, BYTES),
                    DSL.inline(PageSql.MAX_BYTES), ScalarSql.column(MEASURED, name(i))));
        }
        return DSL.select(shown).from(measured);
    }

    private static String name(int index) {
        return "c" + (index + 1);
    }

    private static Field<Object> json(ReadPlan.Answer.Composed.Part part) {
        return switch (part) {
            case ReadPlan.Answer.Composed.Part.Text(String _, String text) -> ScalarSql.sql("{0}", DSL.inline(text));
            case ReadPlan.Answer.Composed.Part.One(String _, var rows, var projection) -> ScalarSql.sql("({0})",
                    RowsSql.select(List.of(JsonSql.object(projection)), rows));
            case ReadPlan.Answer.Composed.Part.Several(String _, var listing) -> JsonSql.array(listing);
            case ReadPlan.Answer.Composed.Part.Connection(String _, var connected) -> ConnectionSql.json(connected);
            case ReadPlan.Answer.Composed.Part.Groups(String _, var grouped, var shown) ->
                GroupsSql.json(grouped, shown);
        };
    }
}
