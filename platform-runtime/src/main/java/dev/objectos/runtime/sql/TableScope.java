package dev.objectos.runtime.sql;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.SqlScope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;
import org.jooq.impl.SQLDataType;

/** The names of an expression over one table, for summaries: its fields, and those that its lookups lead to. */
record TableScope(Catalog catalog, WriteText text, ObjectDefinition object, String alias) implements SqlScope {

    @Override
    public Field<?> record(FieldPath path) {
        FieldDefinition field = object.field(path.first()).orElseThrow();
        if (path.isDirect()) {
            if (field.type() instanceof FieldType.Formula) {
                CompiledExpression formula = Expressions.of(catalog).formula(object.name(), field.name());
                return formula.toSql(this);
            }
            return column(table(object).column(field.name()), alias);
        }
        var reference = (FieldType.Reference) field.type();
        ObjectDefinition target = catalog.object(reference.target()).orElseThrow();
        PhysicalTable table = table(target);
        String inner = alias + "_" + path.first();
        var rest = new FieldPath(path.segments().subList(1, path.segments().size()));
        Field<?> value = new TableScope(catalog, text, target, inner).record(rest);
        Field<?> found = DSL.field("(select {0} from {1} as {2} where {3} = {4}{5})", value.getDataType(), value,
                DSL.name(PhysicalSchema.NAME, table.name()), DSL.name(inner),
                DSL.name(inner, table.column(SystemFields.ID).name()),
                column(table(object).column(field.name()), alias), tenant(table, inner));
        return found;
    }

    @Override
    public Field<?> currentUser(String attribute) {
        throw new IllegalStateException("a summary does not depend on who looks at it: " + attribute);
    }

    @Override
    public Field<?> now() {
        return text.slot(new WriteSlot.Now(), "timestamptz");
    }

    @Override
    public Field<?> today() {
        return DSL.field("cast({0} at time zone 'UTC' as date)", SQLDataType.LOCALDATE, now());
    }

    private org.jooq.SQL tenant(PhysicalTable table, String inner) {
        return table.global() || table(object).global()
                ? DSL.sql("")
                : DSL.sql(" and {0} = {1}", DSL.name(inner, SystemFields.TENANT_ID),
                        DSL.name(alias, SystemFields.TENANT_ID));
    }

    private PhysicalTable table(ObjectDefinition of) {
        return PhysicalSchema.of(catalog).table(of.name());
    }

    private static Field<?> column(PhysicalColumn column, String alias) {
        return DSL.field(DSL.name(alias, column.name()), DefaultDataType.getDefaultDataType(SQLDialect.POSTGRES,
                column.type().sql()));
    }
}
