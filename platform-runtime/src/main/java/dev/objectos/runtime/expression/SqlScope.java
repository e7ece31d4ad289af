package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldPath;
import org.jooq.Field;

/** What the names of an expression are in the statement that it becomes part of. */
public interface SqlScope {

    /**
     * A field of the record, or of a record that its lookups lead to, in its column's type. Where the path ends in a
     * formula, that formula's own {@link CompiledExpression#toSql}. The field may be used several times.
     */
    Field<?> record(FieldPath path);

    /**
     * An attribute of the acting user: {@code id, tenant} as uuid, {@code roles} as text[], {@code email, name, username,
     * locale, timezone} as text, or one of {@link Scope#userAttributes()} in that type. Give it a cast
     * ({@code cast(? as uuid)}), for PostgreSQL cannot always tell a parameter's type from its surroundings.
     */
    Field<?> currentUser(String attribute);

    /** The instant of the action as timestamptz. */
    Field<?> now();

    /** The date of the action in the session's zone, as date. */
    Field<?> today();

    /**
     * Whether somebody is known to be acting. The user's id is then never null, and a comparison with it becomes one
     * that an index serves.
     */
    default boolean userPresent() {
        return false;
    }
}
