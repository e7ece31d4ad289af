package dev.objectos.runtime.spi;

import java.util.Optional;

/**
 * The secrets that the plugin's manifest names under {@code permissions.secrets} and an administrator has set. Each call answers
 * what is set now. A name that the manifest lacks is refused with {@code PERMISSION_DENIED}.
 */
public interface PluginSecrets {

    /** The secret; empty where nobody has set it. */
    Optional<String> find(String name);

    /** @throws dev.objectos.runtime.PlatformException {@code UNAVAILABLE} where nobody has set it; says how that is done */
    String get(String name);
}
