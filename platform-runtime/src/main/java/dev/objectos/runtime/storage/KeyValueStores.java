package dev.objectos.runtime.storage;

import java.util.UUID;

/** Where every plugin gets its own storage. Added plugins are given theirs and never see this. */
public interface KeyValueStores {

    /** Stands for no tenant: what belongs to a plugin as a whole. */
    UUID PLATFORM = new UUID(0, 0);

    /** The storage of a plugin. */
    PluginStorage of(String plugin);

    /** What a plugin keeps in all tenants together. */
    StorageUsage usage(String plugin);

    /** Deletes everything that a plugin keeps, and what it shares or was given; for when it is uninstalled. */
    void erase(String plugin);

    /** Deletes everything that plugins keep in a tenant; for when that is deleted, and nobody writes there any more. */
    void eraseTenant(UUID tenant);
}
