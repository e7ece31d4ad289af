package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Collects the slots of one statement while jOOQ puts its text together. */
final class WriteText {

    private static final DSLContext JOOQ = DSL.using(SQLDialect.POSTGRES,
            new Settings().withRenderFormatted(false));

    private final List<WriteSlot> slots = new ArrayList<>();

    /** A parameter of that PostgreSQL type; the type is one of ours, never input. */
    Field<?> slot(WriteSlot slot, String type) {
        slots.add(slot);
        // The value is the slot's number; it tells in which order jOOQ has rendered them.
        return DSL.field("cast({0} as " + type + ")", SQLDataType.OTHER, DSL.val(slots.size() - 1));
    }

    /** Parts inside a template such as <code>select {0} from {1}</code>. */
    static QueryPart sql(String template, QueryPart... parts) {
        return DSL.sql(template, parts);
    }

    static QueryPart list(Collection<? extends QueryPart> parts) {
        return DSL.list(parts);
    }

    static Name name(String... parts) {
        return DSL.name(parts);
    }

    WriteStatement statement(QueryPart whole) {
        List<WriteSlot> ordered = JOOQ.extractBindValues(whole).stream().map(this::slot).toList();
        return new WriteStatement(JOOQ.render(whole), ordered);
    }

    private WriteSlot slot(Object bound) {
        return switch (bound) {
            case Integer number -> slots.get(number);
            case Scalar.Parameter parameter -> new WriteSlot.Answer(
                    new PreparedQuery.Parameter(parameter.binding(), ScalarSql.elementType(parameter)));
            default -> throw new IllegalStateException("a value got into a statement past the planner");
        };
    }
}
