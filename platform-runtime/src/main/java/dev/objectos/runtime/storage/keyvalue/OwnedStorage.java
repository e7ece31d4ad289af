package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.PluginStorage;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.keyvalue.DriverKeyValueStores.StorageContext;
import java.util.List;
import java.util.UUID;

/** The storage of one plugin, which cannot be anybody else through it. */
final class OwnedStorage implements PluginStorage {

    private final String plugin;
    private final StorageContext context;

    OwnedStorage(String plugin, StorageContext context) {
        this.plugin = plugin;
        this.context = context;
    }

    @Override
    public KeyValueStore store(String namespace, UUID tenant) {
        return sharedStore(plugin, namespace, tenant);
    }

    @Override
    public KeyValueStore sharedStore(String owner, String namespace, UUID tenant) {
        return new GuardedKeyValueStore(plugin, new StoreAddress(owner, namespace, tenant), false, context);
    }

    @Override
    public void share(String namespace, String with, GrantedAccess access) {
        if (with.equals(plugin) || with.isBlank()) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "A namespace is shared with another plugin");
        }
        context.driver().add(new StorageGrant(plugin, StorageNames.namespace(namespace), with, access));
    }

    @Override
    public void unshare(String namespace, String with) {
        context.driver().removeGrant(plugin, namespace, with);
    }

    @Override
    public List<StorageGrant> shares() {
        return context.driver().grants(plugin);
    }

    @Override
    public StorageUsage usage(UUID tenant) {
        return context.driver().usage(plugin, tenant);
    }

    @Override
    public StorageQuota quota() {
        return context.quotas().apply(plugin);
    }
}
