package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * version cannot run, the old one goes on. What asks for more than is approved waits for {@link #approve}, and what lacks a
     * capability that nobody offers yet waits for that. The code of a version that takes the place of another one is told
     * {@code onUpgrade(from)}, also where it is the older of the two.
     *
     * @param origin names the package in messages
     * @param archive jar or zip
     * @param downgrade whether it may be older than the version that is there; refused otherwise with
     *        {@code PLUGIN_CONFLICT}
     * @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST}, {@code PAYLOAD_TOO_LARGE},
     *         {@code UNTRUSTED_PLUGIN} or {@code INVALID_PLUGIN} as the package is, {@code INVALID_METADATA} as its files are
     */
    PluginSummary install(String origin, byte[] archive, boolean downgrade, Session session);

    /** The same, never going back to an older version. */
    default PluginSummary install(String origin, byte[] archive, Session session) {
        return install(origin, archive, false, session);
    }

    /**
     * Lets an added plugin have what it asks for beyond its own, this and no more, and has it run where it waited for that. A
     * version that asks for more than was approved waits while the one before it goes on; this has it take over. One that
     * asks for nothing is left alone.
     *
     * @param version the one whose manifest was looked at; another one is refused with {@code PLUGIN_CONFLICT}. Null: whichever
     *        is there
     */
    PluginSummary approve(String id, @Nullable String version, Session session);

    /**
     * Has a plugin run; one that runs already is left alone. A built-in one follows at the next start, which
     * {@link PluginSummary#switches} says. One that asks for more than is approved waits for
     * {@link #approve}, one that lacks a capability for that.
     */
    PluginSummary enable(String id, Session session);

    /**
     * Has a plugin run no longer, a built-in one from the next start on; one that is part of the server is refused. Its objects
     * leave the catalog; their records are kept. Where its own code refuses, everything stays as it is, and
     * {@code PLUGIN_CONFLICT} says so.
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
