package dev.objectos.runtime.storage;

import java.util.List;

/**
 * Somebody's use of a store, as interceptors see it.
 *
 * @param plugin who does it; another one than the owner where the namespace is shared
 * @param keys that are read or changed; of a scan the prefix
 */
public record StorageAccess(String plugin, StoreAddress store, StorageOperation operation, List<String> keys) {

    public StorageAccess {
        keys = List.copyOf(keys);
    }
}
