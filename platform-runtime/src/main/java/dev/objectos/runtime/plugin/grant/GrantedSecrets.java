package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.PluginSecrets;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of one plugin.
 *
 * @param granted names that its manifest asks for
 */
record GrantedSecrets(String plugin, List<String> granted, SecretTable table) implements PluginSecrets {

    @Override
    public Optional<String> find(String name) {
        if (!granted.contains(name)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "The plugin " + plugin
                    + " may not read the secret '" + name
                    + "'; its manifest must ask for it under permissions.secrets, and "
                    + "an administrator approve that");
        }
        return table.find(plugin, name);
    }

    @Override
    public String get(String name) {
        return find(name).orElseThrow(() -> new PlatformException(RuntimeError.UNAVAILABLE, "The secret " + name
                + " of the plugin " + plugin + " is not set; an administrator sets it with ./objectos plugin secret "
                + plugin + " " + name));
    }
}
