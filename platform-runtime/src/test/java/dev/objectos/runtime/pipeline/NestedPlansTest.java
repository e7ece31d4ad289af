package dev.objectos.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.ShapedQuery;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.PagePart;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.Selection.Part;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.sql.PreparedQuery;
import dev.objectos.runtime.sql.ReadCompiler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to records is found by indexes, as the role of requests under row-level security, however it is asked for. */
class NestedPlansTest {

    private static final Operand NONE = new Operand.None();

    private static TestingRecords records;

    @BeforeAll
    static void open() throws SQLException {
        records = TestingRecords.of("nested_plans", """
                name: accounts
                fields: {name: {type: text}}
                """, """
                name: contacts
                fields:
                  last_name: {type: text}
                  salary: {type: currency, precision: 18, scale: 2}
                  account: {type: lookup, reference_to: accounts}
                """);
        PhysicalTable accounts = PhysicalSchema.of(records.catalog()).table("accounts");
        PhysicalTable contacts = PhysicalSchema.of(records.catalog()).table("contacts");
        try (Connection connection = records.databases().app().getConnection()) {
            connection.setAutoCommit(false);
            begin(connection);
            fill(connection, accounts, "name", "cast(n as text)", "generate_series(1, 400) n", "n");
            fill(connection, contacts, "last_name, salary, account",
                    "'Person ' || n, n, lpad(to_hex(1 + n % 400), 32, '0')::uuid", "generate_series(1, 12000) n",
                    "100000 + n");
            connection.commit();
            connection.setAutoCommit(true);
        }
        try (Connection connection = records.databases().owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("analyze data.\"" + accounts.name() + "\", data.\"" + contacts.name() + "\"");
        }
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void findsChildrenByTheLookupHoweverTheyAreAskedFor() throws SQLException {
        Selection name = new Selection(List.of(new Part.Value("name", "last_name")));
        var sorted = List.of(new Sort(FieldPath.of("last_name"), true));
        var rich = new Predicate.Comparison(FieldPath.of("salary"), Operator.GT, new Operand.Literal(5));
        String plan = explain(new SelectionQuery(List.of(new SelectionQuery.Root.Several("accounts", "accounts",
                Range.first(20, Predicate.ALWAYS), new Selection(List.of(
                        new Part.Members("some", "contacts", new Range(rich, sorted, 5, NONE), name),
                        new Part.Groups("count", "contacts", groups(Predicate.ALWAYS, List.of())),
                        new Part.Groups("by", "contacts",
                                groups(rich, List.of(new Grouping(FieldPath.of("last_name"), null, "k0")))),
                        new Part.Connection("page", "contacts", new PageSelection(rich, sorted,
                                new PageSelection.Window(5, false, NONE, NONE),
                                List.of(new PagePart.Nodes<>("nodes", name),
                                        new PagePart.Total<>("total"))))))))));

        assertThat(plan).doesNotContain("Seq Scan on contacts").doesNotContain("Seq Scan on accounts");
        assertThat(plan.lines().filter(line -> line.matches(".*Scan.* on contacts .*"))).as(plan).hasSize(5)
                .allMatch(line -> line.contains("account"));
    }

    private static GroupSelection groups(Predicate where, List<Grouping> groupBy) {
        return new GroupSelection(where, groupBy,
                List.of(new Aggregation(Aggregation.Function.COUNT, null, "a0"),
                        new Aggregation(Aggregation.Function.SUM, FieldPath.of("salary"), "a1")),
                1_000, NONE, true, List.of(new GroupSelection.Part.Value("count", "a0"),
                        new GroupSelection.Part.Value("sum", "a1")));
    }

    private static void fill(Connection connection, PhysicalTable table, String fields, String values, String from,
            String id) throws SQLException {
        String columns = String.join(", ", List.of(fields.split(", ")).stream()
                .map(field -> '"' + table.column(field).name() + '"').toList());
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "insert into data.\"" + table.name() + "\" (tenant_id, id, version, created_at, updated_at, "
                            + columns + ") select '" + TestingRecords.TENANT + "', lpad(to_hex(" + id
                            + "), 32, '0')::uuid, 1, now(), now(), " + values + " from " + from);
        }
    }

    private static void begin(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', '" + TestingRecords.TENANT + "', true)");
        }
    }

    private static String explain(SelectionQuery query) throws SQLException {
        ShapedQuery shaped = ShapedQuery.of(query);
        var planner = new ReadPlanner(List.of());
        PreparedQuery prepared = ReadCompiler.compile(
                planner.plan(shaped.shape(), TestingRecords.SESSION, records.catalog()));
        var context = new BindContext(shaped.values(), TestingRecords.SESSION, TestingRecords.NOW);
        try (Connection connection = records.databases().app().getConnection()) {
            connection.setAutoCommit(false);
            begin(connection);
            var plan = new StringBuilder();
            try (var statement = connection.prepareStatement("explain (analyze, timing off) " + prepared.sql())) {
                for (int i = 0; i < prepared.parameters().size(); i++) {
                    Object value = prepared.parameters().get(i).binding().value(context);
                    statement.setObject(i + 1, value instanceof Instant moment
                            ? OffsetDateTime.ofInstant(moment, ZoneOffset.UTC)
                            : value);
                }
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        plan.append(rows.getString(1)).append('\n');
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return plan.toString();
        }
    }
}
