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
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Tenancy;
import dev.objectos.runtime.schema.TestingObjects.Field;
import dev.objectos.runtime.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunsBesideOthers
class SchemaPublisherTest {

    private static final Catalog CONTACTS = catalog(object("accounts", text("name").required()),
            object("contacts", text("last_name").required(), text("email").unique(), lookup("account", "accounts"),
                    choice("status", "active", "left"), choices("tags", "a", "b").indexed(), decimal("salary", 18, 2),
                    whole("age").indexed()));

    private Databases databases;
    private SchemaPublisher publisher;

    @BeforeEach
    void open() {
        databases = TestingDatabase.fresh("schema_publisher");
        publisher = new SchemaPublisher(databases);
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        SchemaPlan first = publisher.publish(CONTACTS, PublishOptions.FROM_FILES);
        assertThat(first.describe()).contains("create contacts with 14 fields", "make contacts.email unique",
                "let contacts.account refer to existing records only");
        assertThat(publisher.publish(CONTACTS, PublishOptions.FROM_FILES).steps()).isEmpty();
    }

    @Test
    void plansWithoutTouchingAnything() throws SQLException {
        assertThat(publisher.plan(CONTACTS, PublishOptions.EDIT).steps()).isNotEmpty();
        assertThat(number("SELECT count(*) FROM pg_tables WHERE schemaname = 'data'")).isZero();
    }

    @Test
    void addsAFieldToRecordsWithoutRewritingThem() throws SQLException {
        publish(text("name"));
        insert("(name) SELECT 'n' || n FROM generate_series(1, 100) n");
        String file = string("SELECT pg_relation_filenode('data.things')::text");
        SchemaPlan plan = publish(text("name"), text("note"),
                choice("status", "new", "old").otherwise("new").required(),
                decimal("price", 18, 2).otherwise(5), choices("tags", "a", "b").otherwise(List.of("a")).indexed());
        assertThat(plan.describe()).contains("add column note (text) to things", "require things.status",
                "check existing values of things.status");
        assertThat(string("SELECT pg_relation_filenode('data.things')::text")).isEqualTo(file);
        assertThat(string("SELECT DISTINCT status || price || tags[1] FROM data.things")).isEqualTo("new5.00a");
        assertThatThrownBy(() -> insert("(name) VALUES ('without status')")).hasMessageContaining("status");
    }

    @Test
    void keepsWhatFilesNoLongerMentionAndBringsItBack() throws SQLException {
        publish(text("name"), text("note").required().unique());
        insert("(name, note) VALUES ('a', 'kept')");
        SchemaPlan away = publish(text("name"));
        assertThat(away.describe()).contains("put column note of things away, keeping its values");
        insert("(name) VALUES ('b')");
        SchemaPlan back = publish(text("name"), text("note").unique());
        assertThat(back.describe()).contains("bring column note of things back with its values");
        assertThat(string("SELECT note FROM data.things WHERE name = 'a'")).isEqualTo("kept");
        assertThat(publish(text("name"), text("note").unique()).steps()).isEmpty();
    }

    @Test
    void keepsTheRecordsOfAnObjectThatIsGoneAndReleasesWhatTheyReferTo() throws SQLException {
        var accounts = object("accounts", text("name"));
        publisher.publish(catalog(accounts, object("things", text("name"), lookup("account", "accounts"))),
                PublishOptions.FROM_FILES);
        String account = "00000000-0000-7000-8000-0000000000aa";
        write("INSERT INTO data.accounts (tenant_id, id) VALUES (current_setting('app.tenant')::uuid, '" + account
                + "')");
        insert("(name, account) VALUES ('a', '" + account + "')");
        publisher.publish(catalog(accounts), PublishOptions.FROM_FILES);
        write("DELETE FROM data.accounts");
        publisher.publish(catalog(accounts, object("things", text("name"), lookup("account", "accounts"))),
                PublishOptions.FROM_FILES);
        assertThat(string("SELECT name || coalesce(account::text, ' without account') FROM data.things"))
                .isEqualTo("a without account");
    }

    @Test
    void renamesAFieldWithoutTouchingItsColumn() throws SQLException {
        publish(text("name"), text("mail").id("f1"));
        insert("(name, f1) VALUES ('a', 'x')");
        assertThat(publish(text("name"), text("email").id("f1")).describe())
                .containsExactly("rename mail of things to email");
        assertThat(string("SELECT f1 FROM data.things")).isEqualTo("x");
        assertThat(publish(text("name"), text("email").id("f1")).steps()).isEmpty();
    }

    @Test
    void widensWithoutAsking() throws SQLException {
        publish(text("name").required(), whole("age"), decimal("price", 10, 2), choice("status", "new"));
        insert("(name, age, price, status) VALUES ('a', 7, 1.25, 'new')");
        SchemaPlan plan = publish(text("name"), decimal("age", null, null), decimal("price", 18, 4),
                choice("status", "new", "old"));
        assertThat(plan.losses()).isEmpty();
        insert("(" + column("age") + ", " + column("price") + ", status) VALUES (7.5, 99999999999.1234, 'old')");
        assertThat(number("SELECT count(*) FROM data.things")).isEqualTo(2);
    }

    @Test
    void namesEverythingThatAnEditWouldLose() throws SQLException {
        publish(text("name"), text("note"), decimal("price", 18, 2), choice("status", "new", "old"), text("code"),
                text("zip"), text("empty"));
        insert("(name, note, price, status, code, zip) SELECT 'n', 'x', n + 0.5, 'old', 'same', CASE WHEN n > 1 THEN 'z' END FROM generate_series(1, 3) n");
        var refusal = refusal(PublishOptions.EDIT, text("name"), decimal("price", 18, 0), choice("status", "new"),
                text("code").unique(), text("zip").required());
        assertThat(refusal.code()).isEqualTo(RuntimeError.DESTRUCTIVE_CHANGE);
        assertThat(refusal.object()).isEqualTo("things");
        assertThat(refusal.members().get("losses")).isEqualTo(List.of( //
                loss("note", "the field and its values are deleted", 3),
                loss("price", "values do not fit the new type numeric(18,0)", 3),
                loss("status", "values are no longer options", 3),
                loss("zip", "it is required and has no default, but records have no value", 1),
                loss("code", "records share values that must be unique; make them distinct first", 3)));
        assertThat(number("SELECT count(note) FROM data.things")).isEqualTo(3);
        assertThat(publisher.plan(catalog(object("things", text("name"), text("note"), decimal("price", 18, 2),
                choice("status", "new", "old"), text("code"), text("zip"))), PublishOptions.EDIT).losses()).isEmpty();
    }

    @Test
    void namesValuesThatAreTooLongToBeUnique() throws SQLException {
        publish(text("name"), text("code"));
        insert("(name, code) VALUES ('a', repeat('ä', 1301)), ('b', repeat('ä', 1300)), ('c', NULL)");
        assertThat(refusal(PublishOptions.EDIT, text("name"), text("code").unique()).members().get("losses"))
                .isEqualTo(List.of(loss("code",
                        "values have more than 2600 bytes, too many to be unique; shorten them first", 1)));
    }

    @Test
    void losesWhatItMustWhenForced() throws SQLException {
        publish(text("name"), text("note"), decimal("price", 18, 2), choice("status", "new", "old"), text("zip"));
        insert("(name, note, price, status) VALUES ('a', 'x', 1.75, 'old'), ('b', 'y', 2, 'new')");
        Field[] next = {text("name"), decimal("price", 18, 0), choice("status", "new"), text("zip").required()};
        publisher.publish(catalog(object("things", next)), PublishOptions.FORCED_EDIT);
        assertThat(
                string("SELECT string_agg(name || " + column("price")
                        + " || coalesce(status, '-'), ' ' ORDER BY name) FROM data.things"))
                .isEqualTo("a2- b2new");
        assertThat(number(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'data.things'::regclass AND attname = 'note'"))
                .isZero();
        assertThatThrownBy(() -> insert("(name) VALUES ('without zip')")).hasMessageContaining("zip");
        // What was forced is not asked again at the next start.
        assertThat(publisher.publish(catalog(object("things", next)), PublishOptions.FROM_FILES).steps()).isEmpty();
    }

    @Test
    void neverForcesUniquenessOntoSharedValues() throws SQLException {
        publish(text("code"));
        insert("(code) VALUES ('same'), ('same')");
        assertThat(refusal(PublishOptions.FORCED_EDIT, text("code").unique()).message()).contains("things.code",
                "make them distinct", "2 records");
        insert("(code) VALUES (NULL), (NULL)");
        write("UPDATE data.things SET code = id::text WHERE code IS NOT NULL");
        publish(text("code").unique());
    }

    @Test
    void changesTypesThatKeepTheirValues() throws SQLException {
        publish(text("name"), text("number"), text("one"), whole("word"));
        insert("(name, number, one, word) VALUES ('a', '12.5', 'x', 3)");
        SchemaPlan plan = publish(text("name"), decimal("number", 10, 2), choices("one", "x", "y"),
                text("word").required());
        assertThat(plan.losses()).isEmpty();
        assertThat(string("SELECT " + column("number") + " || " + column("one") + "[1] || " + column("word")
                + " FROM data.things")).isEqualTo("12.50x3");
        assertThat(refusal(PublishOptions.FROM_FILES, text("name"), choices("one", "y"), text("word"),
                decimal("number", 10, 0)).members().get("losses")).asList().hasSize(2);
    }

    @Test
    void addsDigitsWithoutAnotherColumn() throws SQLException {
        publish(text("name"), decimal("price", 10, 2).indexed().unique());
        insert("(price) VALUES (1.25)");
        assertThat(publish(text("name"), decimal("price", 18, 2).indexed().unique()).describe())
                .contains("change column price of things from numeric(10,2) to numeric(18,2)")
                .noneMatch(step -> step.contains("index") || step.contains("unique"));
        insert("(price) VALUES (1234567890123456.78)");
        assertThat(publish(text("name"), decimal("price", 18, 2).indexed().unique()).steps()).isEmpty();
    }

    @Test
    void keepsBothColumnsInStepUntilNoNodeWorksWithTheFirst() throws SQLException {
        Catalog before = catalog(object("things", text("name"), text("amount").required().unique()));
        Catalog after = catalog(object("things", text("name"), whole("amount").required().unique()));
        publisher.publish(before, PublishOptions.FROM_FILES);
        insert("(name, amount) SELECT 'n' || n, n FROM generate_series(1, 12000) n");
        assertThat(publisher.publish(after, PublishOptions.FROM_FILES).describe()).contains(
                "change column amount of things from text to bigint", "convert the values of things.amount",
                "make things.amount unique");
        String latest = column("amount");
        assertThat(number("SELECT count(*) FROM data.things WHERE " + latest + " = amount::bigint")).isEqualTo(12_000);

        insert("(name, amount) VALUES ('old', '20001')");
        insert("(name, " + latest + ") VALUES ('new', 20002)");
        write("UPDATE data.things SET amount = '30001' WHERE name = 'n1'");
        write("UPDATE data.things SET " + latest + " = 30002 WHERE name = 'n2'");
        assertThat(string("SELECT string_agg(amount || ' ' || " + latest + ", ', ' ORDER BY amount) FROM data.things "
                + "WHERE amount::int > 20000")).isEqualTo("20001 20001, 20002 20002, 30001 30001, 30002 30002");
        assertThatThrownBy(() -> insert("(name, amount) VALUES ('twice', '20002')")).hasMessageContaining("unique");
        assertThat(publisher.publish(after, PublishOptions.FROM_FILES).steps()).isEmpty();

        var old = new ServingNodes(databases.worker(), publisher, UUID.randomUUID(), Duration.ZERO);
        var current = new ServingNodes(databases.worker(), publisher, UUID.randomUUID(), Duration.ZERO);
        old.arrive();
        current.arrive();
        current.tidy(Optional.of(publisher.placed(after)));
        old.tidy(Optional.of(before));
        current.tidy(Optional.of(publisher.placed(after)));
        assertThat(columns("amount")).isEqualTo(2);
        old.leave();
        current.tidy(Optional.of(publisher.placed(after)));
        assertThat(columns("amount")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).isZero();
        assertThat(number("SELECT count(*) FROM pg_proc WHERE pronamespace = 'data'::regnamespace")).isZero();
        assertThat(number("SELECT count(*) FROM data.things WHERE " + latest + " > 20000")).isEqualTo(4);
        assertThat(publisher.publish(after, PublishOptions.FROM_FILES).steps()).isEmpty();
        assertThat(publisher.publish(before, PublishOptions.FROM_FILES).losses()).isEmpty();
        assertThat(string("SELECT max(" + column("amount") + ") FROM data.things")).isEqualTo("9999");
    }

    @Test
    void givesUpAColumnThatNobodyCameToUse() throws SQLException {
        Catalog before = catalog(object("things", text("name"), text("amount")));
        publisher.publish(before, PublishOptions.FROM_FILES);
        insert("(name, amount) VALUES ('a', 'twelve'), ('b', '13')");
        publisher.publish(catalog(object("things", text("name"), whole("amount"))), PublishOptions.FORCED_FROM_FILES);
        assertThat(publisher.publish(before, PublishOptions.FROM_FILES).steps()).isEmpty();
        var node = new ServingNodes(databases.worker(), publisher, UUID.randomUUID(), Duration.ZERO);
        node.tidy(Optional.of(publisher.placed(before)));
        node.tidy(Optional.of(publisher.placed(before)));
        assertThat(columns("amount")).isEqualTo(1);
        assertThat(string("SELECT string_agg(amount, ' ' ORDER BY name) FROM data.things")).isEqualTo("twelve 13");
    }

    @Test
    void carriesOnWithAConversionThatWasInterrupted() throws SQLException {
        publish(text("name"), text("amount"));
        insert("(name, amount) SELECT n, n FROM generate_series(1, 10) n");
        Field[] next = {text("name").unique(), whole("amount").unique()};
        String blocked = ConstraintNames.of("things", "unique", List.of("name"));
        write("CREATE TABLE data." + blocked + " (id int)", true);
        assertThatThrownBy(() -> publish(next)).isInstanceOf(PlatformException.class);
        write("DROP TABLE data." + blocked, true);
        // As if it had ended before.
        write("UPDATE platform.schema_column SET filled_from = 'amount' WHERE generation = 2", true);
        write("ALTER TABLE data.things DISABLE TRIGGER USER; UPDATE data.things SET \"amount~2\" = NULL; "
                + "ALTER TABLE data.things ENABLE TRIGGER USER", true);
        publish(next);
        assertThat(number("SELECT sum(" + column("amount") + ") FROM data.things")).isEqualTo(55);
    }

    @Test
    void turnsATextIntoALookupOnlyWhereItsValuesNameRecords() throws SQLException {
        publish(text("name"), text("account"));
        insert("(name, account) VALUES ('a', 'Acme'), ('b', '00000000-0000-7000-8000-0000000000aa')");
        assertThat(refusal(PublishOptions.EDIT, text("name"), lookup("account", "user")).members().get("losses"))
                .isEqualTo(List.of(loss("account", "values do not fit the new type uuid", 1),
                        loss("account", "values name no record of the new target", 1)));
        publisher.publish(catalog(object("things", text("name"), lookup("account", "user"))),
                PublishOptions.FORCED_EDIT);
        assertThat(number("SELECT count(" + column("account") + ") FROM data.things")).isZero();
    }

    @Test
    void movesAnEmptyObjectBetweenTenanciesAndAsksForAFullOne() throws SQLException {
        publish(text("name"));
        var global = catalog(object("things", Tenancy.GLOBAL, List.of(), text("name")));
        publisher.publish(global, PublishOptions.FROM_FILES);
        publish(text("name"));
        insert("(name) VALUES ('a')");
        assertThat(catchThrowableOfType(PlatformException.class,
                () -> publisher.publish(global, PublishOptions.FROM_FILES)).message()).contains("tenancy");
    }

    @Test
    void carriesOnWhereAnInterruptedPublicationStopped() throws SQLException {
        publish(text("name"), text("code"));
        insert("(name, code) SELECT n, n FROM generate_series(1, 10) n");
        Field[] next = {text("name"), text("code").unique(), whole("age").indexed()};
        // Something else of that name lets the last step but one fail.
        String blocked = ConstraintNames.of("things", "unique", List.of("code"));
        write("CREATE TABLE data." + blocked + " (id int)", true);
        assertThatThrownBy(() -> publish(next)).isInstanceOf(PlatformException.class);
        assertThat(number(
                "SELECT count(*) FROM platform.schema_publication WHERE finished_at IS NULL AND failure IS NOT NULL"))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM platform.schema_index WHERE NOT built")).isEqualTo(1);
        write("DROP TABLE data." + blocked, true);
        SchemaPlan rest = publish(next);
        assertThat(rest.describe()).contains("make things.code unique")
                .doesNotContain("add column age (bigint) to things");
        assertThat(publish(next).steps()).isEmpty();
        assertThat(number("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isZero();
    }

    @Test
    void letsOneOfSeveralPublishersWork() throws Exception {
        try (Databases other = TestingDatabase.open("schema_publisher");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> here = () -> publisher.publish(CONTACTS, PublishOptions.FROM_FILES).steps().size();
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
        publish(text("name"));
        insert("(name) VALUES ('a')");
        try (var busy = databases.app().getConnection();
                var statement = busy.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            busy.setAutoCommit(false);
            statement.execute("LOCK TABLE data.things IN ROW EXCLUSIVE MODE");
            Future<SchemaPlan> waiting = threads.submit(() -> publish(text("name"), text("note")));
            awaitOneWaitingForALock();
            busy.commit();
            assertThat(waiting.get().describe()).contains("add column note (text) to things");
        }
    }

    @Test
    void knowsFieldsByTheConstraintThatPostgresNames() throws SQLException {
        var catalog = catalog(object("things", Tenancy.SHARED, List.of(index("pair", true, "name", "status")),
                text("name"), choice("status", "new"), lookup("account", "user"), decimal("price", null, null)));
        publisher.publish(catalog, PublishOptions.FROM_FILES);
        ConstraintCatalog constraints = ConstraintCatalog.of(catalog);
        insert("(name, status) VALUES ('a', 'new')");
        for (var violation : Map.of( //
                "(name, status) VALUES ('a', 'new')", constraint(ConstraintKind.UNIQUE, "name", "status"),
                "(status) VALUES ('x')", constraint(ConstraintKind.OPTIONS, "status"), //
                "(price) VALUES ('NaN')", constraint(ConstraintKind.FINITE, "price"),
                "(account) VALUES (uuidv7())", constraint(ConstraintKind.REFERENCE, "account"),
                "(id) SELECT id FROM data.things", constraint(ConstraintKind.PRIMARY_KEY, "id")).entrySet()) {
            var error = catchThrowableOfType(org.postgresql.util.PSQLException.class,
                    () -> insert(violation.getKey()));
            assertThat(constraints.find(String.valueOf(error.getServerErrorMessage().getConstraint())))
                    .contains(violation.getValue());
        }
    }

    private static ConstraintCatalog.Constraint constraint(ConstraintKind kind, String... fields) {
        return new ConstraintCatalog.Constraint("things", List.of(fields), kind);
    }

    private void awaitOneWaitingForALock() throws SQLException {
        while (number("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted "
                + "AND datname = current_database()") == 0) {
            Thread.onSpinWait();
        }
    }

    /** The column in which a field of {@code things} is now. */
    private String column(String field) throws SQLException {
        return string(
                "SELECT quote_ident(name) FROM platform.schema_column WHERE object = 'things' AND field = '" + field
                        + "' AND retired_at IS NULL ORDER BY generation DESC LIMIT 1");
    }

    private long columns(String identity) throws SQLException {
        return number("SELECT count(*) FROM pg_attribute WHERE attrelid = 'data.things'::regclass AND NOT attisdropped "
                + "AND split_part(attname, '~', 1) = '" + identity + "'");
    }

    private static Map<String, Object> loss(String field, String reason, long rows) {
        return Map.of("object", "things", "field", field, "reason", reason, "rows", rows);
    }

    private SchemaPlan publish(Field... fields) {
        return publisher.publish(catalog(object("things", fields)), PublishOptions.FROM_FILES);
    }

    private PlatformException refusal(PublishOptions options, Field... fields) {
        return catchThrowableOfType(PlatformException.class,
                () -> publisher.publish(catalog(object("things", fields)), options));
    }

    /** Inserts into {@code things} of the default tenant. */
    private void insert(String columnsAndValues) throws SQLException {
        write("ALTER TABLE data.things ALTER COLUMN tenant_id SET DEFAULT '" + Session.DEFAULT_TENANT + "'", true);
        write("INSERT INTO data.things " + columnsAndValues);
    }

    private void write(String sql) throws SQLException {
        write(sql, false);
    }

    private void write(String sql, boolean asOwner) throws SQLException {
        try (var connection = (asOwner ? databases.owner() : databases.app()).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT set_config('app.tenant', '" + Session.DEFAULT_TENANT + "', true)");
            statement.execute(sql);
            connection.commit();
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(string(sql));
    }

    private String string(String sql) throws SQLException {
        try (var connection = databases.owner().getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL app.publish = 'on'");
            try (var row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            } finally {
                connection.rollback();
            }
        }
    }
}
