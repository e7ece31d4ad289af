package dev.objectos.runtime.schema;

import static dev.objectos.runtime.schema.TestingObjects.catalog;
import static dev.objectos.runtime.schema.TestingObjects.choice;
import static dev.objectos.runtime.schema.TestingObjects.choices;
import static dev.objectos.runtime.schema.TestingObjects.decimal;
import static dev.objectos.runtime.schema.TestingObjects.lookup;
import static dev.objectos.runtime.schema.TestingObjects.object;
import static dev.objectos.runtime.schema.TestingObjects.text;
import static dev.objectos.runtime.schema.TestingObjects.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.schema.TestingObjects.Field;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of values when the type of their field changes. */
@RunsBesideOthers
class FieldTypeChangeTest {

    private TestingSchema schema;

    @BeforeEach
    void open() {
        schema = TestingSchema.fresh("schema_types");
    }

    @AfterEach
    void close() {
        schema.close();
    }

    @Test
    void widensWithoutAsking() throws SQLException {
        schema.publish(text("name").required(), whole("age"), decimal("price", 10, 2), choice("status", "new"));
        schema.insert("(name, age, price, status) VALUES ('a', 7, 1.25, 'new')");
        SchemaPlan plan = schema.publish(text("name"), decimal("age", null, null), decimal("price", 18, 4),
                choice("status", "new", "old"));
        assertThat(plan.losses()).isEmpty();
        schema.insert("(" + schema.column("age") + ", " + schema.column("price")
                + ", status) VALUES (7.5, 99999999999.1234, 'old')");
        assertThat(schema.number("SELECT count(*) FROM data.things")).isEqualTo(2);
    }

    @Test
    void changesTypesThatKeepTheirValues() throws SQLException {
        schema.publish(text("name"), text("number"), text("one"), whole("word"));
        schema.insert("(name, number, one, word) VALUES ('a', '12.5', 'x', 3)");
        SchemaPlan plan = schema.publish(text("name"), decimal("number", 10, 2), choices("one", "x", "y"),
                text("word").required());
        assertThat(plan.losses()).isEmpty();
        assertThat(schema.string(
                "SELECT " + schema.column("number") + " || " + schema.column("one") + "[1] || " + schema.column("word")
                        + " FROM data.things"))
                .isEqualTo("12.50x3");
        assertThat(schema.refusal(PublishOptions.FROM_FILES, text("name"), choices("one", "y"), text("word"),
                decimal("number", 10, 0)).members().get("losses")).asList().hasSize(2);
    }

    @Test
    void addsDigitsWithoutAnotherColumn() throws SQLException {
        schema.publish(text("name"), decimal("price", 10, 2).indexed().unique());
        schema.insert("(price) VALUES (1.25)");
        assertThat(schema.publish(text("name"), decimal("price", 18, 2).indexed().unique()).describe())
                .contains("change column price of things from numeric(10,2) to numeric(18,2)")
                .noneMatch(step -> step.contains("index") || step.contains("unique"));
        schema.insert("(price) VALUES (1234567890123456.78)");
        assertThat(schema.publish(text("name"), decimal("price", 18, 2).indexed().unique()).steps()).isEmpty();
    }

    @Test
    void keepsBothColumnsInStepUntilNoNodeWorksWithTheFirst() throws SQLException {
        Catalog before = catalog(object("things", text("name"), text("amount").required().unique()));
        Catalog after = catalog(object("things", text("name"), whole("amount").required().unique()));
        schema.publisher().publish(before, PublishOptions.FROM_FILES);
        schema.insert("(name, amount) SELECT 'n' || n, n FROM generate_series(1, 12000) n");
        assertThat(schema.publisher().publish(after, PublishOptions.FROM_FILES).describe()).contains(
                "change column amount of things from text to bigint", "convert the values of things.amount",
                "make things.amount unique");
        String latest = schema.column("amount");
        assertThat(schema.number("SELECT count(*) FROM data.things WHERE " + latest + " = amount::bigint"))
                .isEqualTo(12_000);

        schema.insert("(name, amount) VALUES ('old', '20001')");
        schema.insert("(name, " + latest + ") VALUES ('new', 20002)");
        schema.write("UPDATE data.things SET amount = '30001' WHERE name = 'n1'");
        schema.write("UPDATE data.things SET " + latest + " = 30002 WHERE name = 'n2'");
        assertThat(schema
                .string("SELECT string_agg(amount || ' ' || " + latest + ", ', ' ORDER BY amount) FROM data.things "
                        + "WHERE amount::int > 20000"))
                .isEqualTo("20001 20001, 20002 20002, 30001 30001, 30002 30002");
        assertThatThrownBy(() -> schema.insert("(name, amount) VALUES ('twice', '20002')"))
                .hasMessageContaining("unique");
        assertThat(schema.publisher().publish(after, PublishOptions.FROM_FILES).steps()).isEmpty();

        var old = new ServingNodes(schema.databases().worker(), schema.publisher(), UUID.randomUUID(), Duration.ZERO);
        var current = new ServingNodes(schema.databases().worker(), schema.publisher(), UUID.randomUUID(),
                Duration.ZERO);
        old.arrive();
        current.arrive();
        current.tidy(Optional.of(schema.publisher().placed(after)));
        old.tidy(Optional.of(before));
        current.tidy(Optional.of(schema.publisher().placed(after)));
        assertThat(schema.columns("amount")).isEqualTo(2);
        old.leave();
        current.tidy(Optional.of(schema.publisher().placed(after)));
        assertThat(schema.columns("amount")).isEqualTo(1);
        assertThat(schema.number("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).isZero();
        assertThat(schema.number("SELECT count(*) FROM pg_proc WHERE pronamespace = 'data'::regnamespace")).isZero();
        assertThat(schema.number("SELECT count(*) FROM data.things WHERE " + latest + " > 20000")).isEqualTo(4);
        assertThat(schema.publisher().publish(after, PublishOptions.FROM_FILES).steps()).isEmpty();
        assertThat(schema.publisher().publish(before, PublishOptions.FROM_FILES).losses()).isEmpty();
        assertThat(schema.string("SELECT max(" + schema.column("amount") + ") FROM data.things")).isEqualTo("9999");
    }

    @Test
    void givesUpAColumnThatNobodyCameToUse() throws SQLException {
        Catalog before = catalog(object("things", text("name"), text("amount")));
        schema.publisher().publish(before, PublishOptions.FROM_FILES);
        schema.insert("(name, amount) VALUES ('a', 'twelve'), ('b', '13')");
        schema.publisher().publish(catalog(object("things", text("name"), whole("amount"))),
                PublishOptions.FORCED_FROM_FILES);
        assertThat(schema.publisher().publish(before, PublishOptions.FROM_FILES).steps()).isEmpty();
        var node = new ServingNodes(schema.databases().worker(), schema.publisher(), UUID.randomUUID(), Duration.ZERO);
        node.tidy(Optional.of(schema.publisher().placed(before)));
        node.tidy(Optional.of(schema.publisher().placed(before)));
        assertThat(schema.columns("amount")).isEqualTo(1);
        assertThat(schema.string("SELECT string_agg(amount, ' ' ORDER BY name) FROM data.things"))
                .isEqualTo("twelve 13");
    }

    @Test
    void carriesOnWithAConversionThatWasInterrupted() throws SQLException {
        schema.publish(text("name"), text("amount"));
        schema.insert("(name, amount) SELECT n, n FROM generate_series(1, 10) n");
        Field[] next = {text("name").unique(), whole("amount").unique()};
        String blocked = ConstraintNames.of("things", "unique", List.of("name"));
        schema.write("CREATE TABLE data." + blocked + " (id int)", true);
        assertThatThrownBy(() -> schema.publish(next)).isInstanceOf(PlatformException.class);
        schema.write("DROP TABLE data." + blocked, true);
        // As if it had ended before.
        schema.write("UPDATE platform.schema_column SET filled_from = 'amount' WHERE generation = 2", true);
        schema.write("ALTER TABLE data.things DISABLE TRIGGER USER; UPDATE data.things SET \"amount~2\" = NULL; "
                + "ALTER TABLE data.things ENABLE TRIGGER USER", true);
        schema.publish(next);
        assertThat(schema.number("SELECT sum(" + schema.column("amount") + ") FROM data.things")).isEqualTo(55);
    }

    @Test
    void turnsATextIntoALookupOnlyWhereItsValuesNameRecords() throws SQLException {
        schema.publish(text("name"), text("account"));
        schema.insert("(name, account) VALUES ('a', 'Acme'), ('b', '00000000-0000-7000-8000-0000000000aa')");
        assertThat(schema.refusal(PublishOptions.EDIT, text("name"), lookup("account", "user")).members().get("losses"))
                .isEqualTo(List.of(TestingSchema.loss("account", "values do not fit the new type uuid", 1),
                        TestingSchema.loss("account", "values name no record of the new target", 1)));
        schema.publisher().publish(catalog(object("things", text("name"), lookup("account", "user"))),
                PublishOptions.FORCED_EDIT);
        assertThat(schema.number("SELECT count(" + schema.column("account") + ") FROM data.things")).isZero();
    }
}
