package dev.objectos.crm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plugin's YAML as a server loads it. */
class CrmMetadataTest {

    private static final Catalog CATALOG = CatalogLoader.load(1,
            List.of(MetadataSource.of(CrmPlugin.ID, CrmPlugin.class)));

    @Test
    void loadsWithoutErrorsOrWarnings() {
        assertThat(CATALOG.violations()).isEmpty();
    }

    @Test
    void bringsTheObjectsThatItPromises() {
        assertThat(CATALOG.objects()).filteredOn(object -> object.plugin().equals(CrmPlugin.ID))
                .extracting(ObjectDefinition::name).containsExactlyInAnyOrder("accounts", "contacts", "leads",
                        "opportunities", "products", "price_books", "price_book_entries", "quotes", "quote_lines",
                        "orders", "order_lines", "activities");
    }
}
