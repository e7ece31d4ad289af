package dev.objectos.runtime.spi;

import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A value that differs from session to session although the statement is the same. As the value of an
 * {@link Operand.Literal} in a {@link RowFilter} it is asked for whenever the statement is sent.
 */
@FunctionalInterface
public interface SessionValue {

    /**
     * The value in the form that {@code metadata.FieldValues} gives it, a {@link java.util.List} of them for
     * {@code IN}; null: the comparison does not hold.
     */
    @Nullable
    Object of(Session session);
}
