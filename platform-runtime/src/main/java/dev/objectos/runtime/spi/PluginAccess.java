package dev.objectos.runtime.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a plugin asks for beyond its own, and what it was given.
 *
 * @param asks of the version that is there
 * @param approval null: nobody has approved anything
 * @param pending a newer version that asks for more; null: none waits
 */
public record PluginAccess(PluginPermissions asks, @Nullable PluginApproval approval, @Nullable Pending pending) {

    /** Of a plugin that asks for nothing. */
    public static final PluginAccess NONE = new PluginAccess(PluginPermissions.NONE, null, null);

    /** A version that awaits an administrator's approval, while the version before it goes on. */
    public record Pending(String version, PluginPermissions asks) {}
}
