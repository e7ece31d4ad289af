package dev.objectos.runtime.storage;

/**
 * How much is kept.
 *
 * @param bytes of keys and values as they are stored
 * @param entries among them expired ones that are not removed yet
 */
public record StorageUsage(long bytes, long entries) {

    public static final StorageUsage NOTHING = new StorageUsage(0, 0);

    public StorageUsage plus(long moreBytes, long moreEntries) {
        return new StorageUsage(bytes + moreBytes, entries + moreEntries);
    }
}
