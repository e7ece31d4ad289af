package dev.objectos.runtime.storage;

import java.util.UUID;

/**
 * One store: a namespace of a plugin in a tenant.
 *
 * @param owner the plugin whose namespace it is, and against whose quota its entries count
 * @param namespace unique within the plugin
 * @param tenant whose entries these are; {@link KeyValueStores#PLATFORM} for what belongs to no tenant
 */
public record StoreAddress(String owner, String namespace, UUID tenant) {

    public StoreAddress {
        StorageNames.namespace(namespace);
        if (owner.isBlank()) {
            throw new IllegalArgumentException("a store has an owner");
        }
    }
}
