package dev.objectos.crm;

import dev.objectos.runtime.plugin.PluginMetadataConformance;
import java.util.Set;

/** The plugin's YAML as a server loads it. */
class CrmMetadataTest extends PluginMetadataConformance {

    CrmMetadataTest() {
        super(CrmPlugin.ID, CrmPlugin.class, Set.of("accounts", "contacts", "leads", "opportunities", "products",
                "price_books", "price_book_entries", "quotes", "quote_lines", "orders", "order_lines", "activities"));
    }
}
