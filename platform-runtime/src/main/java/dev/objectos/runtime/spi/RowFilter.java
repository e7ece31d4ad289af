package dev.objectos.runtime.spi;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.query.Predicate;
import java.util.List;
import java.util.Map;

/**
 * Which records of an object a session may see. A filter sees every field of the record and of the records that its
 * lookups lead to, whatever the session itself may see; it never leaves the tenant.
 */
public sealed interface RowFilter {

    /** Every record. */
    RowFilter EVERYTHING = new AllOf(List.of());

    /** No record. */
    RowFilter NOTHING = new AnyOf(List.of());

    /** The records for which the predicate holds; its literals may be {@link SessionValue}s. */
    record Where(Predicate predicate) implements RowFilter {}

    /**
     * The records for which an expression in SQL form holds.
     *
     * @param attributes what the expression knows of the acting user beyond the platform's own attributes
     */
    record Matching(CompiledExpression condition, Map<String, UserAttribute> attributes) implements RowFilter {

        public Matching {
            attributes = Map.copyOf(attributes);
        }
    }

    /** The records that at least one filter lets through; none where there is no filter. */
    record AnyOf(List<RowFilter> filters) implements RowFilter {

        public AnyOf {
            filters = List.copyOf(filters);
        }
    }

    /** The records that every filter lets through; all where there is no filter. */
    record AllOf(List<RowFilter> filters) implements RowFilter {

        public AllOf {
            filters = List.copyOf(filters);
        }
    }

    /** The records that the filter does not let through, those among them of which it cannot say. */
    record Not(RowFilter filter) implements RowFilter {}

    /**
     * The records whose lookup leads to a record that the filter lets through; none that leads nowhere.
     *
     * @param lookup a field that refers to one record
     * @param filter about the object that it refers to
     */
    record Through(String lookup, RowFilter filter) implements RowFilter {}

    /**
     * The records that a table of a plugin's own names, such as records that people have shared with others. The role that
     * serves requests must be able to read the table, which has these columns:
     *
     * <ul>
     * <li>{@code tenant_id uuid}, {@code object text}, {@code record_id uuid}: which record a row names; an index should
     * begin with them;
     * <li>{@code expires_at timestamptz}: from when on the row counts no more; null: it always does;
     * <li>each column of {@code among}, of type {@code text}.
     * </ul>
     *
     * @param among by column, the texts of which it holds one, as a list (an id is compared in its written form); null, or an
     *        empty list: no row counts. Every column must match in the same row
     */
    record Listed(String schema, String table, Map<String, SessionValue> among) implements RowFilter {

        public Listed {
            among = Map.copyOf(among);
        }
    }

    /** An attribute of the acting user, as declared in {@code Scope.userAttributes()}. */
    record UserAttribute(ExpressionType type, SessionValue value) {}
}
