package dev.objectos.runtime.schema;

import static dev.objectos.runtime.schema.TestingObjects.catalog;
import static dev.objectos.runtime.schema.TestingObjects.choice;
import static dev.objectos.runtime.schema.TestingObjects.choices;
import static dev.objectos.runtime.schema.TestingObjects.decimal;
import static dev.objectos.runtime.schema.TestingObjects.index;
import static dev.objectos.runtime.schema.TestingObjects.lookup;
import static dev.objectos.runtime.schema.TestingObjects.object;
import static dev.objectos.runtime.schema.TestingObjects.text;
import static dev.objectos.runtime.schema.TestingObjects.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Tenancy;
import dev.objectos.runtime.schema.TestingObjects.Field;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tables follow objects: in which steps, beside what is running, and on after an interruption. */
@RunsBesideOthers
class SchemaPublisherTest {

    private static final Catalog CONTACTS = catalog(object("accounts", text("name").required()),
            object("contacts", text("last_name").required(), text("email").unique(), lookup("account", "accounts"),
                    choice("status", "active", "left"), choices("tags", "a", "b").indexed(), decimal("salary", 18, 2),
                    whole("age").indexed()));

    private TestingSchema schema;

    @BeforeEach
    void open() {
        schema = TestingSchema.fresh("schema_publisher");
    }

    @AfterEach
    void close() {
        schema.close();
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        SchemaPlan first = schema.publisher().publish(CONTACTS, PublishOptions.FROM_FILES);
        assertThat(first.describe()).contains("create contacts with 14 fields", "make contacts.email unique",
                "let contacts.account refer to existing records only");
        assertThat(schema.publisher().publish(CONTACTS, PublishOptions.FROM_FILES).steps()).isEmpty();
    }

    @Test
    void plansWithoutTouchingAnything() throws SQLException {
        assertThat(schema.publisher().plan(CONTACTS, PublishOptions.EDIT).steps()).isNotEmpty();
        assertThat(schema.number("SELECT count(*) FROM pg_tables WHERE schemaname = 'data'")).isZero();
    }

    @Test
    void addsAFieldToRecordsWithoutRewritingThem() throws SQLException {
        schema.publish(text("name"));
        schema.insert("(name) SELECT 'n' || n FROM generate_series(1, 100) n");
        String file = schema.string("SELECT pg_relation_filenode('data.things')::text");
        SchemaPlan plan = schema.publish(text("name"), text("note"),
                choice("status", "new", "old").otherwise("new").required(),
                decimal("price", 18, 2).otherwise(5), choices("tags", "a", "b").otherwise(List.of("a")).indexed());
        assertThat(plan.describe()).contains("add column note (text) to things", "require things.status",
                "check existing values of things.status");
        assertThat(schema.string("SELECT pg_relation_filenode('data.things')::text")).isEqualTo(file);
        assertThat(schema.string("SELECT DISTINCT status || price || tags[1] FROM data.things")).isEqualTo("new5.00a");
        assertThatThrownBy(() -> schema.insert("(name) VALUES ('without status')")).hasMessageContaining("status");
    }

    @Test
    void renamesAFieldWithoutTouchingItsColumn() throws SQLException {
        schema.publish(text("name"), text("mail").id("f1"));
        schema.insert("(name, f1) VALUES ('a', 'x')");
        assertThat(schema.publish(text("name"), text("email").id("f1")).describe())
                .containsExactly("rename mail of things to email");
        assertThat(schema.string("SELECT f1 FROM data.things")).isEqualTo("x");
        assertThat(schema.publish(text("name"), text("email").id("f1")).steps()).isEmpty();
    }

    @Test
    void carriesOnWhereAnInterruptedPublicationStopped() throws SQLException {
        schema.publish(text("name"), text("code"));
        schema.insert("(name, code) SELECT n, n FROM generate_series(1, 10) n");
        Field[] next = {text("name"), text("code").unique(), whole("age").indexed()};
        // Something else of that name lets the last step but one fail.
        String blocked = ConstraintNames.of("things", "unique", List.of("code"));
        schema.write("CREATE TABLE data." + blocked + " (id int)", true);
        assertThatThrownBy(() -> schema.publish(next)).isInstanceOf(PlatformException.class);
        assertThat(schema.number(
                "SELECT count(*) FROM platform.schema_publication WHERE finished_at IS NULL AND failure IS NOT NULL"))
                .isEqualTo(1);
        assertThat(schema.number("SELECT count(*) FROM platform.schema_index WHERE NOT built")).isEqualTo(1);
        schema.write("DROP TABLE data." + blocked, true);
        SchemaPlan rest = schema.publish(next);
        assertThat(rest.describe()).contains("make things.code unique")
                .doesNotContain("add column age (bigint) to things");
        assertThat(schema.publish(next).steps()).isEmpty();
        assertThat(schema.number("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isZero();
    }

    @Test
    void letsOneOfSeveralPublishersWork() throws Exception {
        try (Databases other = TestingDatabase.open("schema_publisher");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> here = () -> schema.publisher().publish(CONTACTS, PublishOptions.FROM_FILES).steps()
                    .size();
            Callable<Integer> there = () -> new SchemaPublisher(other).publish(CONTACTS, PublishOptions.FROM_FILES)
                    .steps().size();
            var done = new ArrayList<Integer>();
            for (Future<Integer> result : threads.invokeAll(List.of(here, there))) {
                done.add(result.get());
            }
            assertThat(done).containsOnlyOnce(0);
        }
    }

    @Test
    void waitsForRunningWorkInsteadOfFailing() throws Exception {
        schema.publish(text("name"));
        schema.insert("(name) VALUES ('a')");
        try (var busy = schema.databases().app().getConnection();
                var statement = busy.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            busy.setAutoCommit(false);
            statement.execute("LOCK TABLE data.things IN ROW EXCLUSIVE MODE");
            Future<SchemaPlan> waiting = threads.submit(() -> schema.publish(text("name"), text("note")));
            awaitOneWaitingForALock();
            busy.commit();
            assertThat(waiting.get().describe()).contains("add column note (text) to things");
        }
    }

    @Test
    void knowsFieldsByTheConstraintThatPostgresNames() throws SQLException {
        var catalog = catalog(object("things", Tenancy.SHARED, List.of(index("pair", true, "name", "status")),
                text("name"), choice("status", "new"), lookup("account", "user"), decimal("price", null, null)));
        schema.publisher().publish(catalog, PublishOptions.FROM_FILES);
        ConstraintCatalog constraints = ConstraintCatalog.of(catalog);
        schema.insert("(name, status) VALUES ('a', 'new')");
        for (var violation : Map.of( //
                "(name, status) VALUES ('a', 'new')", constraint(ConstraintKind.UNIQUE, "name", "status"),
                "(status) VALUES ('x')", constraint(ConstraintKind.OPTIONS, "status"), //
                "(price) VALUES ('NaN')", constraint(ConstraintKind.FINITE, "price"),
                "(account) VALUES (uuidv7())", constraint(ConstraintKind.REFERENCE, "account"),
                "(id) SELECT id FROM data.things", constraint(ConstraintKind.PRIMARY_KEY, "id")).entrySet()) {
            var error = catchThrowableOfType(org.postgresql.util.PSQLException.class,
                    () -> schema.insert(violation.getKey()));
            assertThat(constraints.find(String.valueOf(error.getServerErrorMessage().getConstraint())))
                    .contains(violation.getValue());
        }
    }

    private static ConstraintCatalog.Constraint constraint(ConstraintKind kind, String... fields) {
        return new ConstraintCatalog.Constraint("things", List.of(fields), kind);
    }

    private void awaitOneWaitingForALock() throws SQLException {
        while (schema.number("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted "
                + "AND datname = current_database()") == 0) {
            Thread.onSpinWait();
        }
    }
}
