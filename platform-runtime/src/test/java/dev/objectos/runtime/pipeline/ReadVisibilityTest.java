package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.spi.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadVisibilityTest {

    @Test
    void showsOnlyWhatTheReadPathShows() {
        try (TestingRecords records = SalesObjects.publish("read_visibility")) {
            UUID open = records.insert("accounts", Map.of("name", "Open"));
            UUID hidden = records.insert("accounts", Map.of("name", "Hidden"));
            UUID foreign = records.insert("accounts", TestingRecords.OTHER_TENANT, Map.of("name", "Open"));
            var rewriter = new HidingRewriter().rows("accounts",
                    new RowFilter.Where(compare("name", Operator.EQ, "Open")));
            var visibility = new ReadVisibility(records.pipeline(rewriter), List.of(rewriter));
            Catalog catalog = records.catalog();
            ObjectDefinition accounts = catalog.object("accounts").orElseThrow();
            ObjectDefinition contacts = catalog.object("contacts").orElseThrow();
            assertThat(visibility.restricted(accounts, TestingRecords.SESSION, catalog)).isTrue();
            assertThat(visibility.restricted(contacts, TestingRecords.SESSION, catalog)).isFalse();
            assertThat(visibility.visible(accounts, List.of(open, hidden, foreign), TestingRecords.SESSION, catalog))
                    .containsExactly(open);
            var many = new ArrayList<UUID>();
            for (int i = 0; i < Page.MAXIMUM; i++) {
                many.add(new UUID(7, i));
            }
            many.add(open);
            assertThat(visibility.visible(accounts, many, TestingRecords.SESSION, catalog)).containsExactly(open);
            assertThat(visibility.visible(accounts, List.of(), TestingRecords.SESSION, catalog)).isEmpty();
        }
    }
}
