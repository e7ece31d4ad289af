package dev.objectos.runtime.storage;

import java.util.List;
import java.util.UUID;

/** The storage of one plugin: its own namespaces, and those that others share with it. */
public interface PluginStorage {

    /**
     * A store of its own; there from the first entry on.
     *
     * @throws dev.objectos.runtime.PlatformException {@code INVALID_REQUEST} where that cannot be a namespace
     */
    KeyValueStore store(String namespace, UUID tenant);

    /** A store of another plugin. What it was not given is refused with {@code PERMISSION_DENIED} when it is used. */
    KeyValueStore sharedStore(String owner, String namespace, UUID tenant);

    /** Shares a namespace of its own in every tenant, from now on. What was given before is replaced. */
    void share(String namespace, String plugin, GrantedAccess access);

    void unshare(String namespace, String plugin);

    /** What it shares with others. */
    List<StorageGrant> shares();

    /** What it keeps in that tenant. */
    StorageUsage usage(UUID tenant);

    /** What it may keep in each tenant. */
    StorageQuota quota();
}
