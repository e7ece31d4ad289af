package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sets the secrets of added plugins, which nobody but the plugin's own code reads again. For platform administrators; others are
 * refused with {@code PERMISSION_DENIED}, an unknown plugin or a name that its manifest lacks with {@code RESOURCE_NOT_FOUND}.
 */
public interface PluginSecretAdministration {

    /** Those that the plugin's manifest names, with that of a version that awaits approval; by name. */
    List<Secret> secrets(String plugin, Session session);

    /** @param value not empty; at most 64 KB in UTF-8, else {@code VALIDATION_FAILED} */
    Secret set(String plugin, String name, String value, Session session);

    /** Forgets a secret; whether it was set. */
    boolean clear(String plugin, String name, Session session);

    /**
     * A secret, without its value.
     *
     * @param setBy null where it is not set, or the platform itself has set it
     * @param setAt null where it is not set
     */
    record Secret(String name, @Nullable UUID setBy, @Nullable Instant setAt) {

        public boolean isSet() {
            return setAt != null;
        }
    }
}
