package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A checked expression: can be evaluated in the JVM and, where it is {@link #translatable()}, turned into SQL. */
public final class CompiledExpression {

    CompiledExpression() {}

    /** As it was written. */
    public String text() {
        throw new UnsupportedOperationException();
    }

    public ExpressionType type() {
        throw new UnsupportedOperationException();
    }

    /** The fields of the record that it names, formulas included; these are what {@link SqlScope#record} is asked for. */
    public Set<FieldPath> fields() {
        throw new UnsupportedOperationException();
    }

    /** The stored fields that evaluation asks for: {@link #fields()} with formulas replaced by what they read. */
    public Set<FieldPath> storedFields() {
        throw new UnsupportedOperationException();
    }

    /** The same of {@code previous}. */
    public Set<FieldPath> storedPreviousFields() {
        throw new UnsupportedOperationException();
    }

    public boolean readsPrevious() {
        throw new UnsupportedOperationException();
    }

    public boolean readsCurrentUser() {
        throw new UnsupportedOperationException();
    }

    /** Whether the value changes by itself, because {@code now} or {@code today} is read. */
    public boolean readsClock() {
        throw new UnsupportedOperationException();
    }

    /**
     * The value, in the Java form of {@link dev.objectos.runtime.metadata.FieldValues}. Formulas that the expression reads
     * are evaluated on the way.
     */
    public @Nullable Object evaluate(EvaluationContext context) {
        throw new UnsupportedOperationException();
    }

    /** Whether the value is {@code true}; unknown (null) does not hold. Only for {@link ExpressionType#BOOLEAN}. */
    public boolean holds(EvaluationContext context) {
        throw new UnsupportedOperationException();
    }

    /** Whether there is a SQL form. */
    public boolean translatable() {
        throw new UnsupportedOperationException();
    }

    /** The same value as {@link #evaluate} computed by PostgreSQL; no row makes it fail. */
    public Field<?> toSql(SqlScope scope) {
        throw new UnsupportedOperationException();
    }

    /**
     * The same as {@link #holds} for a {@code where}: rows for which it is unknown are left out, and comparisons take forms
     * that indexes serve.
     */
    public Condition toCondition(SqlScope scope) {
        throw new UnsupportedOperationException();
    }
}
