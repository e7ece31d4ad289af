package dev.objectos.runtime.coordination;

import dev.objectos.runtime.storage.StoredEntry;

/**
 * Hears of what is watched, in the order of keys, on one thread. What it throws is logged, and told again at the next look.
 */
public interface WatchListener {

    /** An entry is there, or has changed. */
    void present(StoredEntry entry);

    /** It was deleted or has expired. */
    void absent(String key);
}
