package dev.objectos.runtime.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows in which this database remembers what is published. An entry commits with the DDL that it tells of. */
final class SchemaLedger {

    private static final String TABLES = """
            SELECT object, table_name, global, retired_at IS NOT NULL FROM platform.schema_object ORDER BY object""";
    private static final String COLUMNS = """
            SELECT object, name, field, type, retired_at IS NOT NULL, identity, generation, filled_from
            FROM platform.schema_column ORDER BY object, position, name""";
    private static final String CONSTRAINTS = """
            SELECT object, name, kind, fields, definition, validated FROM platform.schema_constraint ORDER BY name""";
    private static final String INDEXES = """
            SELECT object, name, fields, definition, built FROM platform.schema_index ORDER BY name""";

    private static final String SIBLINGS = """
            SELECT DISTINCT of_field.object, of_field.identity, of_field.name
            FROM platform.schema_column later JOIN platform.schema_column of_field USING (object, identity)
            WHERE later.generation > 1
              AND EXISTS (SELECT FROM platform.schema_column other
                  WHERE other.object = later.object AND other.identity = later.identity AND other.name <> later.name)
            ORDER BY 1, 2, 3""";

    private SchemaLedger() {}

    /** Everything that is published, by object. */
    static Map<String, PublishedTable> read(Connection connection) throws SQLException {
        var columns = new Grouped<PublishedTable.Column>();
        var constraints = new Grouped<PublishedTable.Constraint>();
        var indexes = new Grouped<PublishedTable.Index>();
        var tables = new LinkedHashMap<String, PublishedTable>();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2), new PublishedTable.Column(rows.getString(2),
                            rows.getString(3), rows.getString(4), rows.getBoolean(5), rows.getString(6), rows.getInt(7),
                            rows.getString(8)));
                }
            }
            try (var rows = statement.executeQuery(CONSTRAINTS)) {
                while (rows.next()) {
                    constraints.put(rows.getString(1), rows.getString(2),
                            new PublishedTable.Constraint(rows.getString(2),
                                    ConstraintKind.valueOf(rows.getString(3)), texts(rows.getArray(4)),
                                    rows.getString(5), rows.getBoolean(6)));
                }
            }
            try (var rows = statement.executeQuery(INDEXES)) {
                while (rows.next()) {
                    indexes.put(rows.getString(1), rows.getString(2), new PublishedTable.Index(rows.getString(2),
                            texts(rows.getArray(3)), rows.getString(4), rows.getBoolean(5)));
                }
            }
            try (var rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    String object = rows.getString(1);
                    tables.put(object, new PublishedTable(object, rows.getString(2), rows.getBoolean(3),
                            rows.getBoolean(4), columns.of(object), constraints.of(object), indexes.of(object)));
                }
            }
        }
        return tables;
    }

    /** The columns of fields that have several, by object. */
    static Map<String, List<Sibling>> siblings(Connection connection) throws SQLException {
        var found = new LinkedHashMap<String, List<Sibling>>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(SIBLINGS)) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(new Sibling(rows.getString(2), rows.getString(3)));
            }
        }
        return found;
    }

    /** One of several columns of a field. */
    record Sibling(String identity, String column) {}

    private static List<String> texts(java.sql.Array array) throws SQLException {
        return List.copyOf(Arrays.asList((String[]) array.getArray()));
    }

    /** Things of a table, by object and name. */
    private static final class Grouped<T> {

        private final Map<String, Map<String, T>> byObject = new LinkedHashMap<>();

        void put(String object, String name, T thing) {
            byObject.computeIfAbsent(object, _ -> new LinkedHashMap<>()).put(name, thing);
        }

        Map<String, T> of(String object) {
            return byObject.getOrDefault(object, Map.of());
        }
    }

    /** Writes down what a step does, in the transaction of the step. */
    static void write(Connection connection, List<SchemaStep> steps) throws SQLException {
        var entries = new Entries();
        for (SchemaStep step : steps) {
            switch (step) {
                case SchemaStep.CreateTable create -> create(entries, create.table());
                case SchemaStep.RetireTable(String object, String _) -> entries.add(
                        "UPDATE platform.schema_object SET retired_at = now() WHERE object = ?", object);
                case SchemaStep.ReviveTable(String object, String _) -> entries.add(
                        "UPDATE platform.schema_object SET retired_at = NULL WHERE object = ?", object);
                case SchemaStep.DropTable(String object, String _) -> entries.add(
                        "DELETE FROM platform.schema_object WHERE object = ?", object);
                case SchemaStep.EmptyTable(String object, String _) -> entries.add(Removals.ADD, object, "",
                        Removals.AT_THE_LATEST.toMillis());
                case SchemaStep.AddColumn add ->
                    column(entries, add.object(), add.column(), Integer.MAX_VALUE, null);
                case SchemaStep.RetypeColumn retype ->
                    column(entries, retype.object(), retype.column(), Integer.MAX_VALUE, retype.source());
                case SchemaStep.ConvertColumn convert -> entries.add(
                        "UPDATE platform.schema_column SET filled_from = NULL WHERE object = ? AND name = ?",
                        convert.object(), convert.column().name());
                case SchemaStep.RetireColumn retire -> entries.add(
                        "UPDATE platform.schema_column SET retired_at = now() WHERE object = ? AND name = ?",
                        retire.object(), retire.column());
                case SchemaStep.ReviveColumn revive -> entries.add(
                        "UPDATE platform.schema_column SET retired_at = NULL, field = ? WHERE object = ? AND name = ?",
                        revive.column().field(), revive.object(), revive.column().name());
                case SchemaStep.DropColumn drop -> entries.add(
                        "DELETE FROM platform.schema_column WHERE object = ? AND name = ?", drop.object(),
                        drop.column());
                case SchemaStep.RenameField rename -> entries.add(
                        "UPDATE platform.schema_column SET field = ? WHERE object = ? AND name = ?", rename.to(),
                        rename.object(), rename.column());
                case SchemaStep.ChangeType change -> entries.add(
                        "UPDATE platform.schema_column SET type = ?, field = ? WHERE object = ? AND name = ?",
                        change.column().type(), change.column().field(), change.object(), change.column().name());
                case SchemaStep.AddConstraint add -> constraint(entries, add.object(), add.constraint(),
                        add.validated());
                case SchemaStep.ValidateConstraint validate -> entries.add(
                        "UPDATE platform.schema_constraint SET validated = true WHERE name = ?",
                        validate.constraint());
                case SchemaStep.DropConstraint drop -> entries.add(
                        "DELETE FROM platform.schema_constraint WHERE name = ?", drop.constraint());
                case SchemaStep.AddIndex add -> index(entries, add, true);
                case SchemaStep.DropIndex drop -> entries.add("DELETE FROM platform.schema_index WHERE name = ?",
                        drop.index());
                case SchemaStep.Backfill _,SchemaStep.KeepInStep _ -> {
                    // Leaves no trace: where it is needed again, the rows, or the columns, say so.
                }
            }
        }
        entries.execute(connection);
    }

    private static void create(Entries entries, TableModel table) {
        entries.add("INSERT INTO platform.schema_object (object, table_name, global) VALUES (?, ?, ?)", table.object(),
                table.name(), table.global());
        int position = 0;
        for (ColumnModel column : table.columns().values()) {
            column(entries, table.object(), column, position++, null);
        }
        for (ConstraintModel constraint : table.constraints().values()) {
            if (constraint.kind() != ConstraintKind.REFERENCE) {
                constraint(entries, table.object(), constraint, true);
            }
        }
    }

    private static void column(Entries entries, String object, ColumnModel column, int position,
            @Nullable String filledFrom) {
        entries.add("""
                INSERT INTO platform.schema_column
                    (object, name, field, type, default_to, position, identity, generation, filled_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", object, column.name(), column.field(), column.type(),
                column.defaultTo(), position, column.identity(), column.generation(), filledFrom);
    }

    private static void constraint(Entries entries, String object, ConstraintModel constraint, boolean validated) {
        entries.add("""
                INSERT INTO platform.schema_constraint (name, object, kind, fields, definition, validated)
                VALUES (?, ?, ?, ?, ?, ?)""", constraint.name(), object, constraint.kind().name(),
                constraint.fields().toArray(String[]::new), constraint.definition(), validated);
    }

    private static void index(Entries entries, SchemaStep.AddIndex add, boolean built) {
        entries.add("""
                INSERT INTO platform.schema_index (name, object, kind, fields, definition, built)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET built = excluded.built,
                definition = excluded.definition""", add.index().name(), add.object(), add.index().kind().name(),
                add.index().fields().toArray(String[]::new), add.definition(), built);
    }

    /** Notes that an index is being built outside a transaction. */
    static void beginIndex(Connection connection, SchemaStep.AddIndex add) throws SQLException {
        var entries = new Entries();
        index(entries, add, false);
        entries.execute(connection);
    }

    /** Statements with their values, sent in as few round trips as there are kinds of statements in a row. */
    private static final class Entries {

        private final List<String> statements = new ArrayList<>();
        private final List<@Nullable Object[]> values = new ArrayList<>();

        void add(String statement, @Nullable Object... bound) {
            statements.add(statement);
            values.add(bound);
        }

        void execute(Connection connection) throws SQLException {
            int from = 0;
            while (from < statements.size()) {
                String sql = statements.get(from);
                int to = from;
                try (var statement = connection.prepareStatement(sql)) {
                    while (to < statements.size() && statements.get(to).equals(sql)) {
                        bind(connection, statement, values.get(to));
                        statement.addBatch();
                        to++;
                    }
                    statement.executeBatch();
                }
                from = to;
            }
        }

        private static void bind(Connection connection, java.sql.PreparedStatement statement,
                @Nullable Object[] bound) throws SQLException {
            for (int i = 0; i < bound.length; i++) {
                Object value = bound[i];
                statement.setObject(i + 1,
                        value instanceof String[] texts ? connection.createArrayOf("text", texts) : value);
            }
        }
    }
}
