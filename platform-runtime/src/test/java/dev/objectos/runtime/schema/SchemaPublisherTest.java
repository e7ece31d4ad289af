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

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import org.junit.jupiter.api.Test;

class SchemaPublisherTest {

    private static final Catalog CONTACTS = catalog(object("accounts", text("name").required()),
            object("contacts", text("last_name").required(), text("email").unique(), lookup("account", "accounts"),
                    choice("status", "active", "left"), choices("tags", "a", "b").indexed(), decimal("salary", 18, 2),
                    whole("age").indexed()));

    @Test
    void hasNothingToDoTheSecondTime() {
        try (Databases databases = TestingDatabase.fresh("schema_twice")) {
            var publisher = new SchemaPublisher(databases);
            SchemaPlan first = publisher.publish(CONTACTS, PublishOptions.FROM_FILES);
            assertThat(first.describe()).contains("create contacts with 14 fields", "make contacts.email unique",
                    "let contacts.account refer to existing records only");
            assertThat(publisher.publish(CONTACTS, PublishOptions.FROM_FILES).steps()).isEmpty();
        }
    }
}
