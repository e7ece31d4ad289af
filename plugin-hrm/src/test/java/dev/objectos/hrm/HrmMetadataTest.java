package dev.objectos.hrm;

import dev.objectos.runtime.plugin.PluginMetadataConformance;
import java.util.Set;

/** The plugin's YAML as a server loads it. */
class HrmMetadataTest extends PluginMetadataConformance {

    HrmMetadataTest() {
        super(HrmPlugin.ID, HrmPlugin.class, Set.of("departments", "positions", "employees", "attendance",
                "leave_types", "leave_balances", "leave_requests", "payroll"));
    }
}
