package dev.objectos.runtime.metadata;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of metadata is called.
 *
 * @param type metadata type, such as {@code object} or {@code workflow}
 * @param name unique within the type
 * @param tenant for which alone it is meant; null: for all
 */
public record ItemKey(String type, String name, @Nullable UUID tenant) {

    /** Something that is meant for all tenants. */
    public ItemKey(String type, String name) {
        this(type, name, null);
    }

    @Override
    public String toString() {
        return type + "/" + name;
    }
}
