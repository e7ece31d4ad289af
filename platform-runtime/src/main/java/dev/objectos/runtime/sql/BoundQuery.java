package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.BindContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement and the values of one request. */
public final class BoundQuery {

    private final PreparedQuery prepared;
    private final BindContext context;
    private final @Nullable Object[] values;

    /** @param context that the values are of */
    BoundQuery(PreparedQuery prepared, BindContext context, @Nullable Object[] values) {
        this.prepared = prepared;
        this.context = context;
        this.values = values;
    }

    PreparedQuery prepared() {
        return prepared;
    }

    /** The same for rows with values that its statement leaves out for their size. */
    BoundQuery forLargeValues() {
        return prepared.bindForLargeValues(context);
    }

    /** Sets the parameters from the given one on. */
    void set(PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            set(statement, first + i, values[i], prepared.parameters().get(i).elementType());
        }
    }

    /** Sets one parameter; every parameter is cast where it stands, so that a null may go as text. */
    static void set(PreparedStatement statement, int index, @Nullable Object parameter, @Nullable String elementType)
            throws SQLException {
        switch (parameter) {
            // Of a parameter without a type pgjdbc asks the server, and then ends the implicit transaction between the
            // tenant's setting and the statement, which would find nothing.
            case null -> statement.setNull(index, Types.VARCHAR);
            case String text -> statement.setString(index, text);
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case List<?> list -> statement.setArray(index, array(statement.getConnection(), elementType, list));
            case Object value -> statement.setObject(index, value);
        }
    }

    private static java.sql.Array array(Connection connection, @Nullable String elementType, List<?> list)
            throws SQLException {
        Object[] elements = list.stream()
                .map(element -> element instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : element)
                .toArray();
        return connection.createArrayOf(elementType == null ? "text" : elementType, elements);
    }
}
