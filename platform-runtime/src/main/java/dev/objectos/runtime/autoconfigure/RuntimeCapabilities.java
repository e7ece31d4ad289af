package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.spi.RuntimeCapability;
import java.util.List;
import org.springframework.core.env.Environment;

/** The parts of the runtime, and which of them a setting switches. */
final class RuntimeCapabilities {

    private RuntimeCapabilities() {}

    static List<RuntimeCapability> of(Environment environment) {
        return List.of(
                RuntimeCapability.always("runtime.catalog", "Reads metadata and publishes it as tables and API",
                        "nothing can be served without it"),
                RuntimeCapability.always("runtime.records", "Reads and writes records",
                        "everything else works on records"),
                RuntimeCapability.always("runtime.plugins", "Adds, changes and removes plugins",
                        "it is how everything else is switched; --safe leaves the plugins out"),
                RuntimeCapability.always("runtime.services", "Services between plugins",
                        "plugins that are there may need it"),
                RuntimeCapability.always("runtime.storage", "Key-value storage of plugins",
                        "plugins that are there may need it; objectos.storage.driver says where it keeps values"),
                switched(environment, "objectos.events.enabled", "runtime.events",
                        "Delivers committed changes to subscribers on this node"),
                switched(environment, "objectos.health.enabled", "runtime.health", "Asks health probes"),
                switched(environment, "objectos.cache.listen", "runtime.cache.notices",
                        "Tells and hears other nodes what caches are to forget"),
                switched(environment, "objectos.metadata.watch", "runtime.metadata.watch",
                        "Publishes metadata folders when their files change"));
    }

    private static RuntimeCapability switched(Environment environment, String setting, String id,
            String description) {
        return RuntimeCapability.switchedBy(setting, id, description,
                environment.getProperty(setting, Boolean.class, true));
    }
}
