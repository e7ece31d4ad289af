package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.plan.RowCondition;
import dev.objectos.runtime.plan.Rows;
import dev.objectos.runtime.plan.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.RenderOptionalKeyword;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** Turns a plan into the text of one statement and the parameters that it takes, in their order. Pure. */
public final class ReadCompiler {

    private static final DSLContext POSTGRES = DSL.using(SQLDialect.POSTGRES,
            new Settings().withRenderOptionalAsKeywordForTableAliases(RenderOptionalKeyword.OFF));

    private ReadCompiler() {}

    public static PreparedQuery compile(ReadPlan plan) {
        return switch (plan.answer()) {
            case ReadPlan.Answer.One one -> prepared(plan, "get", RecordSql.of(one));
            case ReadPlan.Answer.Page page -> prepared(plan, "query", PageSql.records(plan.object(), page));
            case ReadPlan.Answer.Stream stream -> {
                StreamSql.Stream all = StreamSql.records(stream);
                yield new PreparedQuery(plan.object(), "stream", POSTGRES.render(all.select()),
                        parameters(all.select()), null, all.layout(), null);
            }
            case ReadPlan.Answer.Groups groups -> prepared(plan, "aggregate", PageSql.groups(plan.object(), groups));
            case ReadPlan.Answer.Composed composed ->
                prepared(plan, "selection", ComposedSql.of(plan.object(), composed));
            case ReadPlan.Answer.Marked(Rows rows, RowCondition mark) -> prepared(plan, "check", RowsSql.select(
                    List.of(RowsSql.id(rows.source()), ScalarSql.sql("({0}) is true", ConditionSql.of(mark))), rows));
            case ReadPlan.Answer.Count(Rows rows) ->
                prepared(plan, "check", RowsSql.select(List.of(ScalarSql.sql("count(*)")), rows));
        };
    }

    private static PreparedQuery prepared(ReadPlan plan, String kind, ReadStatement statement) {
        ReadStatement forLargeValues = statement.forLargeValues();
        return new PreparedQuery(plan.object(), kind, POSTGRES.render(statement.select()),
                parameters(statement.select()), statement.layout(), null,
                forLargeValues == null ? null : prepared(plan, kind, forLargeValues));
    }

    private static PreparedQuery prepared(ReadPlan plan, String kind, Select<?> select) {
        return new PreparedQuery(plan.object(), kind, POSTGRES.render(select), parameters(select), null, null, null);
    }

    private static List<PreparedQuery.Parameter> parameters(Select<?> select) {
        var parameters = new ArrayList<PreparedQuery.Parameter>();
        for (Object value : POSTGRES.extractBindValues(select)) {
            if (!(value instanceof Scalar.Parameter parameter)) {
                throw new IllegalStateException("a value got into a statement past the planner");
            }
            parameters.add(new PreparedQuery.Parameter(parameter.binding(), ScalarSql.elementType(parameter)));
        }
        return parameters;
    }
}
