package dev.objectos.runtime.schema;

import static dev.objectos.runtime.schema.TestingObjects.catalog;
import static dev.objectos.runtime.schema.TestingObjects.choice;
import static dev.objectos.runtime.schema.TestingObjects.decimal;
import static dev.objectos.runtime.schema.TestingObjects.lookup;
import static dev.objectos.runtime.schema.TestingObjects.object;
import static dev.objectos.runtime.schema.TestingObjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Tenancy;
import dev.objectos.runtime.schema.TestingObjects.Field;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept, what a publication asks before it loses it, and what it never loses. */
@RunsBesideOthers
class SchemaLossTest {

    private TestingSchema schema;

    @BeforeEach
    void open() {
        schema = TestingSchema.fresh("schema_losses");
    }

    @AfterEach
    void close() {
        schema.close();
    }

    @Test
    void keepsWhatFilesNoLongerMentionAndBringsItBack() throws SQLException {
        schema.publish(text("name"), text("note").required().unique());
        schema.insert("(name, note) VALUES ('a', 'kept')");
        SchemaPlan away = schema.publish(text("name"));
        assertThat(away.describe()).contains("put column note of things away, keeping its values");
        schema.insert("(name) VALUES ('b')");
        SchemaPlan back = schema.publish(text("name"), text("note").unique());
        assertThat(back.describe()).contains("bring column note of things back with its values");
        assertThat(schema.string("SELECT note FROM data.things WHERE name = 'a'")).isEqualTo("kept");
        assertThat(schema.publish(text("name"), text("note").unique()).steps()).isEmpty();
    }

    @Test
    void keepsTheRecordsOfAnObjectThatIsGoneAndReleasesWhatTheyReferTo() throws SQLException {
        var accounts = object("accounts", text("name"));
        schema.publisher().publish(catalog(accounts, object("things", text("name"), lookup("account", "accounts"))),
                PublishOptions.FROM_FILES);
        String account = "00000000-0000-7000-8000-0000000000aa";
        schema.write(
                "INSERT INTO data.accounts (tenant_id, id) VALUES (current_setting('app.tenant')::uuid, '" + account
                        + "')");
        schema.insert("(name, account) VALUES ('a', '" + account + "')");
        schema.publisher().publish(catalog(accounts), PublishOptions.FROM_FILES);
        schema.write("DELETE FROM data.accounts");
        schema.publisher().publish(catalog(accounts, object("things", text("name"), lookup("account", "accounts"))),
                PublishOptions.FROM_FILES);
        assertThat(schema.string("SELECT name || coalesce(account::text, ' without account') FROM data.things"))
                .isEqualTo("a without account");
    }

    @Test
    void namesEverythingThatAnEditWouldLose() throws SQLException {
        schema.publish(text("name"), text("note"), decimal("price", 18, 2), choice("status", "new", "old"),
                text("code"),
                text("zip"), text("empty"));
        schema.insert(
                "(name, note, price, status, code, zip) SELECT 'n', 'x', n + 0.5, 'old', 'same', CASE WHEN n > 1 THEN 'z' END FROM generate_series(1, 3) n");
        var refusal = schema.refusal(PublishOptions.EDIT, text("name"), decimal("price", 18, 0),
                choice("status", "new"),
                text("code").unique(), text("zip").required());
        assertThat(refusal.code()).isEqualTo(RuntimeError.DESTRUCTIVE_CHANGE);
        assertThat(refusal.object()).isEqualTo("things");
        assertThat(refusal.members().get("losses")).isEqualTo(List.of( //
                TestingSchema.loss("note", "the field and its values are deleted", 3),
                TestingSchema.loss("price", "values do not fit the new type numeric(18,0)", 3),
                TestingSchema.loss("status", "values are no longer options", 3),
                TestingSchema.loss("zip", "it is required and has no default, but records have no value", 1),
                TestingSchema.loss("code", "records share values that must be unique; make them distinct first", 3)));
        assertThat(schema.number("SELECT count(note) FROM data.things")).isEqualTo(3);
        assertThat(schema.publisher().plan(catalog(object("things", text("name"), text("note"), decimal("price", 18, 2),
                choice("status", "new", "old"), text("code"), text("zip"))), PublishOptions.EDIT).losses()).isEmpty();
    }

    @Test
    void namesValuesThatAreTooLongToBeUnique() throws SQLException {
        schema.publish(text("name"), text("code"));
        schema.insert("(name, code) VALUES ('a', repeat('ä', 1301)), ('b', repeat('ä', 1300)), ('c', NULL)");
        assertThat(schema.refusal(PublishOptions.EDIT, text("name"), text("code").unique()).members().get("losses"))
                .isEqualTo(List.of(TestingSchema.loss("code",
                        "values have more than 2600 bytes, too many to be unique; shorten them first", 1)));
    }

    @Test
    void losesWhatItMustWhenForced() throws SQLException {
        schema.publish(text("name"), text("note"), decimal("price", 18, 2), choice("status", "new", "old"),
                text("zip"));
        schema.insert("(name, note, price, status) VALUES ('a', 'x', 1.75, 'old'), ('b', 'y', 2, 'new')");
        Field[] next = {text("name"), decimal("price", 18, 0), choice("status", "new"), text("zip").required()};
        schema.publisher().publish(catalog(object("things", next)), PublishOptions.FORCED_EDIT);
        assertThat(
                schema.string("SELECT string_agg(name || " + schema.column("price")
                        + " || coalesce(status, '-'), ' ' ORDER BY name) FROM data.things"))
                .isEqualTo("a2- b2new");
        assertThat(schema.number(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'data.things'::regclass AND attname = 'note'"))
                .isZero();
        assertThatThrownBy(() -> schema.insert("(name) VALUES ('without zip')")).hasMessageContaining("zip");
        // What was forced is not asked again at the next start.
        assertThat(schema.publisher().publish(catalog(object("things", next)), PublishOptions.FROM_FILES).steps())
                .isEmpty();
    }

    @Test
    void neverForcesUniquenessOntoSharedValues() throws SQLException {
        schema.publish(text("code"));
        schema.insert("(code) VALUES ('same'), ('same')");
        assertThat(schema.refusal(PublishOptions.FORCED_EDIT, text("code").unique()).message()).contains("things.code",
                "make them distinct", "2 records");
        schema.insert("(code) VALUES (NULL), (NULL)");
        schema.write("UPDATE data.things SET code = id::text WHERE code IS NOT NULL");
        schema.publish(text("code").unique());
    }

    @Test
    void movesAnEmptyObjectBetweenTenanciesAndAsksForAFullOne() throws SQLException {
        schema.publish(text("name"));
        var global = catalog(object("things", Tenancy.GLOBAL, List.of(), text("name")));
        schema.publisher().publish(global, PublishOptions.FROM_FILES);
        schema.publish(text("name"));
        schema.insert("(name) VALUES ('a')");
        assertThat(catchThrowableOfType(PlatformException.class,
                () -> schema.publisher().publish(global, PublishOptions.FROM_FILES)).message()).contains("tenancy");
    }
}
