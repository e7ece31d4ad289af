package dev.objectos.runtime.derived;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows in which this database remembers which derived fields have their values. */
final class DerivedFieldLedger {

    private static final String READ = """
            SELECT object, field, definition, generation, complete, last_tenant, last_record
            FROM platform.derived_field""";
    private static final String ENTER = """
            INSERT INTO platform.derived_field AS d (object, field, definition, generation, complete)
            VALUES (?, ?, ?, 1, ?) ON CONFLICT (object, field) DO UPDATE SET definition = excluded.definition,
            generation = d.generation + 1, complete = excluded.complete, last_tenant = NULL, last_record = NULL,
            failure = NULL""";
    private static final String FORGET = "DELETE FROM platform.derived_field WHERE object = ? AND field = ?";
    private static final String MOVE = """
            UPDATE platform.derived_field SET last_tenant = ?, last_record = ?
            WHERE object = ? AND field = ? AND generation = ?""";
    private static final String COMPLETE = """
            UPDATE platform.derived_field SET complete = true, failure = NULL
            WHERE object = ? AND field = ? AND generation = ?""";
    private static final String FAIL = """
            UPDATE platform.derived_field SET failure = ? WHERE object = ? AND field = ? AND generation = ?""";

    private final DataSource owner;

    DerivedFieldLedger(DataSource owner) {
        this.owner = owner;
    }

    /**
     * What is known of a field.
     *
     * @param last the last record that is done; null: none
     */
    record Entry(DerivedField.Key key, String definition, long generation, boolean complete,
            @Nullable Place last) {}

    /**
     * A record.
     *
     * @param tenant null where the object is global
     */
    record Place(@Nullable UUID tenant, UUID record) {}

    static Map<DerivedField.Key, Entry> read(Connection connection) throws SQLException {
        var entries = new LinkedHashMap<DerivedField.Key, Entry>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(READ)) {
            while (rows.next()) {
                var key = new DerivedField.Key(rows.getString(1), rows.getString(2));
                UUID last = rows.getObject(7, UUID.class);
                entries.put(key, new Entry(key, rows.getString(3), rows.getLong(4), rows.getBoolean(5),
                        last == null ? null : new Place(rows.getObject(6, UUID.class), last)));
            }
        }
        return entries;
    }

    Map<DerivedField.Key, Entry> read() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            return read(connection);
        }
    }

    /** Begins anew with a field. */
    static void enter(Connection connection, DerivedField field, boolean complete) throws SQLException {
        run(connection, ENTER, field.key().object(), field.key().field(), field.definition(), complete);
    }

    static void forget(Connection connection, DerivedField.Key key) throws SQLException {
        run(connection, FORGET, key.object(), key.field());
    }

    /** Notes how far the computation has come, unless somebody has begun anew. */
    boolean move(Entry entry, Place last) throws SQLException {
        return run(MOVE, last.tenant(), last.record(), entry.key().object(), entry.key().field(), entry.generation());
    }

    void complete(Entry entry) throws SQLException {
        run(COMPLETE, entry.key().object(), entry.key().field(), entry.generation());
    }

    void fail(Entry entry, String failure) throws SQLException {
        run(FAIL, failure, entry.key().object(), entry.key().field(), entry.generation());
    }

    private boolean run(String sql, @Nullable Object... values) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(true);
            return run(connection, sql, values);
        }
    }

    private static boolean run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate() > 0;
        }
    }
}
