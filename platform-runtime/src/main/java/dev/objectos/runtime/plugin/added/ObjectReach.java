package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.CurrentCatalog;
import java.util.Map;
import java.util.Set;

/**
 * Which objects a plugin may touch, whoever it acts for: its own, and those that its manifest names.
 *
 * @param granted object → {@code read}, {@code create}, {@code update}, {@code delete}
 */
record ObjectReach(String plugin, Map<String, Set<String>> granted, CurrentCatalog catalog) {

    static final String READ = "read";
    static final String CREATE = "create";
    static final String UPDATE = "update";
    static final String DELETE = "delete";

    /** An object that is not known is left to whoever says so better. */
    void require(String object, String right) {
        catalog.get().object(object).ifPresent(known -> require(known, right));
    }

    void require(ObjectDefinition object, String right) {
        if (!object.plugin().equals(plugin) && !granted(object).contains(right)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "The plugin " + plugin + " may not " + right
                    + " records of " + object.name() + ", which is not its own; its manifest must ask for it under "
                    + "permissions.objects, and an administrator approve that");
        }
    }

    /** A manifest may use any name of an object. */
    private Set<String> granted(ObjectDefinition object) {
        Set<String> rights = granted.get(object.name());
        return rights != null
                ? rights
                : granted.entrySet().stream()
                        .filter(entry -> catalog.get().object(entry.getKey())
                                .filter(named -> named.name().equals(object.name())).isPresent())
                        .map(Map.Entry::getValue).findFirst().orElse(Set.of());
    }
}
