package dev.objectos.runtime.sql;

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
        List<WriteSlot> ordered = JOOQ.extractBindValues(whole).stream().map(number -> slots.get((Integer) number))
                .toList();
        return new WriteStatement(JOOQ.render(whole), ordered);
    }
}
