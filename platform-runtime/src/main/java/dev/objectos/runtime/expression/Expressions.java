package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;

/** The expressions of one catalog: compiles them, and keeps what it compiled. */
public final class Expressions {

    private final Catalog catalog;

    private Expressions(Catalog catalog) {
        this.catalog = catalog;
    }

    public static Expressions of(Catalog catalog) {
        return catalog.derive(Expressions.class, Expressions::new);
    }

    /** The expression, whatever its type. */
    public CompiledExpression compile(ExpressionSource source, Scope scope) throws ExpressionException {
        throw new UnsupportedOperationException(catalog.toString());
    }

    /**
     * The expression as a value of that type, widened where that loses nothing (integer to number, date to datetime, json
     * to a scalar).
     */
    public CompiledExpression compile(ExpressionSource source, Scope scope, ExpressionType expected)
            throws ExpressionException {
        throw new UnsupportedOperationException();
    }

    /** The same for {@link ExpressionType#BOOLEAN}. */
    public CompiledExpression condition(ExpressionSource source, Scope scope) throws ExpressionException {
        return compile(source, scope, ExpressionType.BOOLEAN);
    }

    /** A formula field of an object, in its declared type. */
    public CompiledExpression formula(String object, String field) throws ExpressionException {
        throw new UnsupportedOperationException();
    }
}
