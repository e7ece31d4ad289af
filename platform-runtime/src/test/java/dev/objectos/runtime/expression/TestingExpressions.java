package dev.objectos.runtime.expression;

import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An object with a field of every kind, its records in a real table, and both ways to compute an expression over them. */
final class TestingExpressions {

    static final UUID ADA = UUID.fromString("01900000-0000-7000-8000-00000000000a");
    static final UUID BOB = UUID.fromString("01900000-0000-7000-8000-00000000000b");
    static final Instant NOW = Instant.parse("2026-03-15T10:20:30.123456Z");

    static final Session SESSION = new Session(Session.DEFAULT_TENANT,
            new UserIdentity(ADA, "ada@example.org", "Ada", null), Set.of("sales", "admin"), false, Locale.GERMANY,
            ZoneId.of("Pacific/Auckland"), Origin.REST);

    static final Catalog CATALOG = TestingCatalogs.of("""
            name: company
            fields:
              name: {type: text}
              revenue: {type: currency}
              boss: {type: lookup, reference_to: person}
            """, """
            name: person
            fields:
              first: {type: text}
              last: {type: text}
              notes: {type: textarea}
              amount: {type: number}
              price: {type: currency, precision: 18, scale: 2}
              quantity: {type: integer}
              rank: {type: integer}
              active: {type: boolean}
              verified: {type: boolean}
              born: {type: date}
              hired: {type: date}
              seen: {type: datetime}
              met: {type: datetime}
              alarm: {type: time}
              status: {type: select, options: [draft, active, closed]}
              labels: {type: tags}
              manager: {type: lookup, reference_to: person}
              company: {type: lookup, reference_to: company}
              friends: {type: lookup, reference_to: person, multiple: true}
              meta: {type: json}
              pin: {type: password}
              key: {type: secret}
              full_name: {type: formula, expression: "first + ' ' + last", return_type: text}
              total: {type: formula, expression: "price * quantity", return_type: number}
              doubled: {type: formula, expression: "quantity * 2", return_type: integer}
              shout: {type: formula, expression: "upper(full_name) + '!'", return_type: text}
            """);

    private TestingExpressions() {}

    static Expressions expressions() {
        return Expressions.of(CATALOG);
    }

    static ExpressionSource source(String text) {
        return new ExpressionSource(text, new SourceLocation("person.object.yml", 7, 20));
    }

    static CompiledExpression compile(String text) {
        return expressions().compile(source(text), Scope.filter("person"));
    }

    /** In the JVM. */
    static @Nullable Object evaluate(CompiledExpression expression, Map<String, ?> record) {
        return expression.evaluate(new MapContext(record, Map.of()));
    }

    static @Nullable Object evaluate(String text, Map<String, ?> record) {
        return evaluate(compile(text), record);
    }

    /** In PostgreSQL, for one record given as constants. */
    static @Nullable Object query(CompiledExpression expression, Map<String, ?> record) {
        return Rows.of(List.of(record)).query(expression).getFirst();
    }

    /** Values by dotted path; what is not there is null. */
    record MapContext(Map<String, ?> current, Map<String, ?> before) implements EvaluationContext {

        @Override
        public @Nullable Object record(FieldPath path) {
            return current.get(path.toString());
        }

        @Override
        public @Nullable Object previous(FieldPath path) {
            return before.get(path.toString());
        }

        @Override
        public Session session() {
            return SESSION;
        }

        @Override
        public Instant now() {
            return NOW;
        }
    }

    /** Records in a table of their own; every path is a column. */
    static final class Rows implements SqlScope {

        private static int tables;

        private final DSLContext database;
        private final String table;
        private final List<? extends Map<String, ?>> records;

        private Rows(DSLContext database, String table, List<? extends Map<String, ?>> records) {
            this.database = database;
            this.table = table;
            this.records = records;
        }

        static Rows of(List<? extends Map<String, ?>> records) {
            DSLContext database = DSL.using(TestingDatabase.shared().owner(), SQLDialect.POSTGRES);
            String table;
            synchronized (Rows.class) {
                table = "expression_rows_" + tables++;
            }
            var fields = new ArrayList<Field<?>>();
            paths().forEach((path, type) -> fields.add(DSL.field(DSL.name(path), type)));
            database.createTable(table).column("n", SQLDataType.INTEGER).columns(fields).execute();
            for (int i = 0; i < records.size(); i++) {
                Map<String, ?> record = records.get(i);
                var values = new HashMap<Field<?>, Object>();
                values.put(DSL.field(DSL.name("n")), i);
                for (Field<?> field : fields) {
                    values.put(field, stored(record.get(field.getName())));
                }
                database.insertInto(DSL.table(DSL.name(table))).set(values).execute();
            }
            return new Rows(database, table, records);
        }

        private static @Nullable Object stored(@Nullable Object value) {
            return switch (value) {
                case Map<?, ?> json -> JSONB.valueOf(JsonMapper.shared().writeValueAsString(json));
                case List<?> list when !list.isEmpty() && list.getFirst() instanceof UUID -> list.toArray(UUID[]::new);
                case List<?> list -> list.toArray(String[]::new);
                case null, default -> value;
            };
        }

        /** Each expression's value for each record, in order. */
        List<@Nullable Object> query(CompiledExpression expression) {
            Field<?> value = expression.toSql(this).as("value");
            var results = new ArrayList<@Nullable Object>();
            database.select(value).from(DSL.table(DSL.name(table))).orderBy(DSL.field(DSL.name("n")))
                    .forEach(row -> results.add(java(row.get(0))));
            return results;
        }

        /** The numbers of the records for which the condition holds. */
        List<Integer> matching(CompiledExpression expression) {
            return database.select(DSL.field(DSL.name("n"), Integer.class)).from(DSL.table(DSL.name(table)))
                    .where(expression.toCondition(this)).orderBy(DSL.field(DSL.name("n"))).fetchInto(Integer.class);
        }

        List<? extends Map<String, ?>> records() {
            return records;
        }

        void drop() {
            database.dropTable(DSL.name(table)).execute();
        }

        private static @Nullable Object java(@Nullable Object value) {
            return value instanceof Object[] array ? List.of(array) : value;
        }

        @Override
        public Field<?> record(FieldPath path) {
            ObjectDefinition object = CATALOG.object("person").orElseThrow();
            return object.field(path.toString()).filter(field -> field.type() instanceof FieldType.Formula).isPresent()
                    ? expressions().formula("person", path.toString()).toSql(this)
                    : DSL.field(DSL.name(path.toString()));
        }

        @Override
        public Field<?> currentUser(String attribute) {
            return switch (attribute) {
                case "id" -> DSL.cast(DSL.val(ADA), SQLDataType.UUID);
                case "tenant" -> DSL.cast(DSL.val(SESSION.tenant()), SQLDataType.UUID);
                case "roles" -> DSL.cast(DSL.val(new String[]{"admin", "sales"}), SQLDataType.CLOB.array());
                case "email" -> DSL.cast(DSL.val("ada@example.org"), SQLDataType.CLOB);
                case "name" -> DSL.cast(DSL.val("Ada"), SQLDataType.CLOB);
                case "locale" -> DSL.cast(DSL.val("de-DE"), SQLDataType.CLOB);
                case "timezone" -> DSL.cast(DSL.val("Pacific/Auckland"), SQLDataType.CLOB);
                default -> DSL.castNull(SQLDataType.CLOB);
            };
        }

        @Override
        public Field<?> now() {
            return DSL.cast(DSL.val(NOW.atOffset(ZoneOffset.UTC)), SQLDataType.TIMESTAMPWITHTIMEZONE);
        }

        @Override
        public Field<?> today() {
            return DSL.cast(DSL.val(LocalDate.of(2026, 3, 15)), SQLDataType.LOCALDATE);
        }

        private static Map<String, org.jooq.DataType<?>> paths() {
            var paths = new HashMap<String, org.jooq.DataType<?>>();
            CATALOG.object("person").orElseThrow().fields().values().stream()
                    .filter(field -> !(field.type() instanceof FieldType.Formula))
                    .forEach(field -> paths.put(field.name(), columnType(field.type())));
            paths.put("manager.first", SQLDataType.CLOB);
            paths.put("company.revenue", SQLDataType.NUMERIC);
            paths.put("company.boss.first", SQLDataType.CLOB);
            return paths;
        }

        private static org.jooq.DataType<?> columnType(FieldType type) {
            return switch (dev.objectos.runtime.schema.ColumnType.of(type).base()) {
                case TEXT -> SQLDataType.CLOB;
                case NUMERIC -> SQLDataType.NUMERIC;
                case BIGINT -> SQLDataType.BIGINT;
                case BOOLEAN -> SQLDataType.BOOLEAN;
                case DATE -> SQLDataType.LOCALDATE;
                case TIME -> SQLDataType.LOCALTIME;
                case TIMESTAMPTZ -> SQLDataType.INSTANT;
                case UUID -> SQLDataType.UUID;
                case TEXT_ARRAY -> SQLDataType.CLOB.array();
                case UUID_ARRAY -> SQLDataType.UUID.array();
                case DOUBLE_ARRAY -> SQLDataType.DOUBLE.array();
                case JSONB -> SQLDataType.JSONB;
            };
        }
    }

    /** Whether both ways came to the same; numbers are the same whatever their scale. */
    static boolean same(@Nullable Object left, @Nullable Object right) {
        return Values.same(left, right);
    }
}
