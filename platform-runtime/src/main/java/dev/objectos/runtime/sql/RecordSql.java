package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.plan.ReadPlan;
import java.util.List;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** The statement of one record: its version, and its JSON, which is null where it would be too large. */
final class RecordSql {

    private static final Name VERSION = DSL.name("version");
    private static final Name JSON = DSL.name("json");

    private RecordSql() {}

    static Select<?> of(ReadPlan.Answer.One one) {
        Field<Object> version = ScalarSql.of(one.version());
        Field<Object> json = JsonSql.object(one.projection());
        if (!hasChildren(one.projection())) {
            return RowsSql.select(List.of(version, json), one.rows());
        }
        // Without the offset, PostgreSQL would build the value twice: to measure it, and for the answer.
        return DSL.select(DSL.field(VERSION), ScalarSql.sql("case when octet_length({0}) <= {1} then {0} end",
                DSL.field(JSON), DSL.inline(PageSql.MAX_BYTES)))
                .from(RowsSql.select(List.of(version.as(VERSION), ScalarSql.sql("cast({0} as text)", json).as(JSON)),
                        one.rows()).$offset(DSL.inline(0L)));
    }

    /** A record by itself is as large as its writer could make it; with others below it, it may be any size. */
    private static boolean hasChildren(Projection projection) {
        return projection.members().stream().anyMatch(member -> switch (member) {
            case Projection.Member.Children _,Projection.Member.Paged _,Projection.Member.Groups _ -> true;
            case Projection.Member.Nested nested -> hasChildren(nested.projection());
            case Projection.Member.Plain _,Projection.Member.Sealed _,Projection.Member.Masked _ -> false;
        });
    }
}
