package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values that an expression is evaluated with, in the Java forms of
 * {@link dev.objectos.runtime.metadata.FieldValues}.
 */
public interface EvaluationContext {

    /**
     * A stored field of the record, or of a record that its lookups lead to; asked for none but
     * {@link CompiledExpression#storedFields()}.
     */
    @Nullable
    Object record(FieldPath path);

    /**
     * The same before the change; null where the record is new. Asked for none but
     * {@link CompiledExpression#storedPreviousFields()}.
     */
    @Nullable
    Object previous(FieldPath path);

    Session session();

    /** The instant of the action; {@code today} is its date in the session's zone. */
    Instant now();

    /** What the action was called with. */
    default @Nullable Object param(String name) {
        throw new IllegalStateException("there are no params here: " + name);
    }

    /** An attribute of the acting user beyond those that the session knows; see {@link Scope#userAttributes()}. */
    default @Nullable Object userAttribute(String name) {
        throw new IllegalStateException("the acting user has no " + name + " here");
    }
}
