package dev.objectos.hrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plugin's YAML as a server loads it. */
class HrmMetadataTest {

    private static final Catalog CATALOG = CatalogLoader.load(1,
            List.of(MetadataSource.of(HrmPlugin.ID, HrmPlugin.class)));

    @Test
    void loadsWithoutErrorsOrWarnings() {
        assertThat(CATALOG.violations()).isEmpty();
    }

    @Test
    void bringsTheObjectsThatItPromises() {
        assertThat(CATALOG.objects()).filteredOn(object -> object.plugin().equals(HrmPlugin.ID))
                .extracting(ObjectDefinition::name).containsExactlyInAnyOrder("departments", "positions", "employees",
                        "attendance", "leave_types", "leave_balances", "leave_requests", "payroll");
    }
}
