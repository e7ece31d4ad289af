package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.List;

/**
 * Adds, changes and removes plugins while the server runs. For platform administrators; others are refused with
 * {@code PERMISSION_DENIED}. An unknown id is refused with {@code RESOURCE_NOT_FOUND}; what cannot be done because of
 * others with {@code PLUGIN_CONFLICT}.
 */
public interface PluginAdministration extends Plugins {

    /** The largest package, in bytes. */
    int LARGEST_PACKAGE = 64 << 20;

    /**
     * Adds a plugin, or another version of one, and enables it. Either all of that happens or nothing: where the new
     * version cannot run, the old one goes on.
     *
     * @param origin names the package in messages
     * @param archive jar or zip
     * @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST}, {@code PAYLOAD_TOO_LARGE},
     *         {@code UNTRUSTED_PLUGIN} or {@code INVALID_PLUGIN} as the package is, {@code INVALID_METADATA} as its files are
     */
    PluginSummary install(String origin, byte[] archive, Session session);

    /** Has an added plugin run; one that runs already is left alone. */
    PluginSummary enable(String id, Session session);

    /**
     * Has an added plugin run no longer. Its objects leave the catalog; their records are kept.
     *
     * @param cascade whether those that need it are disabled too, rather than standing in the way
     * @return what was disabled, in this order
     */
    List<String> disable(String id, boolean cascade, Session session);

    /** What removing an added plugin would touch; changes nothing. */
    PluginRemoval removal(String id, Session session);

    /**
     * Removes an added plugin, disabling it first where it runs.
     *
     * @param cascade whether those that need it are disabled too
     * @param drop whether the records of its objects go for good, rather than being kept for when it is back
     */
    void uninstall(String id, boolean cascade, boolean drop, Session session);
}
