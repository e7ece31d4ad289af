package dev.objectos.runtime.schema;

import dev.objectos.runtime.database.DatabaseSchemas;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Quoting for DDL, which takes no bind values. */
final class Ddl {

    private static final DSLContext POSTGRES = DSL.using(SQLDialect.POSTGRES);

    private Ddl() {}

    static String name(String name) {
        return POSTGRES.render(DSL.name(name));
    }

    static String names(Collection<String> names) {
        return names.stream().map(Ddl::name).collect(Collectors.joining(", "));
    }

    /** A business table, with its schema. */
    static String table(String name) {
        return POSTGRES.render(DSL.name(DatabaseSchemas.DATA, name));
    }

    static String text(String value) {
        return POSTGRES.renderInlined(DSL.inline(value));
    }

    static String texts(Collection<String> values) {
        return values.stream().map(Ddl::text).collect(Collectors.joining(", "));
    }
}
