package dev.objectos.runtime.storage;

/**
 * How much a plugin may keep in each tenant.
 *
 * @param bytes of keys and values as they are stored
 */
public record StorageQuota(long bytes, long entries) {

    public StorageQuota {
        if (bytes <= 0 || entries <= 0) {
            throw new IllegalArgumentException(
                    "a quota is positive, not " + bytes + " bytes and " + entries + " entries");
        }
    }

    /** Whether that may be there after something was added to it; what only shrinks is always admitted. */
    public boolean admits(StorageUsage after, long addedBytes, long addedEntries) {
        return (addedBytes <= 0 || after.bytes() <= bytes) && (addedEntries <= 0 || after.entries() <= entries);
    }
}
