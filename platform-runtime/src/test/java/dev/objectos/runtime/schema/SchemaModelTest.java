package dev.objectos.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which indexes a table has. */
class SchemaModelTest {

    @Test
    void findsTheNewestAndWhatLookupsNameByAnIndex() {
        assertThat(indexes("""
                name: contacts
                fields:
                  last_name: {type: text}
                  account: {type: lookup, reference_to: accounts}
                """)).containsExactlyInAnyOrder(List.of("created_at", "id"), List.of("account"), List.of("owner"));
    }

    @Test
    void hasNoIndexThatAnotherBeginsWith() {
        assertThat(indexes("""
                name: contacts
                fields:
                  last_name: {type: text, index: true}
                indexes:
                  - {fields: [last_name, created_at]}
                  - {fields: [created_at]}
                """)).containsExactlyInAnyOrder(List.of("created_at", "id"), List.of("last_name", "created_at"),
                List.of("owner"));
    }

    /** The columns of each index of contacts. */
    private static List<List<String>> indexes(String contacts) {
        SchemaModel model = SchemaModel.of(TestingCatalogs.of(contacts, """
                name: accounts
                fields:
                  name: {type: text}
                """));
        return Objects.requireNonNull(model.tables().get("contacts")).indexes().values().stream()
                .map(IndexModel::columns).toList();
    }
}
