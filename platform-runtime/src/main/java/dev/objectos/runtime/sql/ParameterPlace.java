package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.Scalar;
import org.jooq.Binding;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingGetSQLInputContext;
import org.jooq.BindingGetStatementContext;
import org.jooq.BindingRegisterContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetSQLOutputContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Renders a parameter of a plan as {@code ?}, so that jOOQ tells which parameter stands where; values are bound later. */
final class ParameterPlace implements Binding<Object, Scalar.Parameter> {

    private static final long serialVersionUID = 1L;

    private static final DataType<Scalar.Parameter> TYPE = SQLDataType.OTHER.asConvertedDataType(new ParameterPlace());

    static Field<Scalar.Parameter> of(Scalar.Parameter parameter) {
        return DSL.val(parameter, TYPE);
    }

    @Override
    public Converter<Object, Scalar.Parameter> converter() {
        return Converter.ofNullable(Object.class, Scalar.Parameter.class, Scalar.Parameter.class::cast,
                parameter -> parameter);
    }

    @Override
    public void sql(BindingSQLContext<Scalar.Parameter> context) {
        context.render().sql('?');
    }

    @Override
    public void register(BindingRegisterContext<Scalar.Parameter> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void set(BindingSetStatementContext<Scalar.Parameter> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void set(BindingSetSQLOutputContext<Scalar.Parameter> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void get(BindingGetResultSetContext<Scalar.Parameter> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void get(BindingGetStatementContext<Scalar.Parameter> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void get(BindingGetSQLInputContext<Scalar.Parameter> context) {
        throw new UnsupportedOperationException();
    }
}
