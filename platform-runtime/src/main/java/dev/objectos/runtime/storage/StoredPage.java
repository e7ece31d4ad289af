package dev.objectos.runtime.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries in the order of their keys.
 *
 * @param cursor after which the next page begins; null: there is none
 */
public record StoredPage(List<StoredEntry> entries, @Nullable String cursor) {

    public StoredPage {
        entries = List.copyOf(entries);
    }
}
