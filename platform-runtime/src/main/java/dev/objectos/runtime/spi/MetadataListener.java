package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Told of each version of edited metadata in the thread in which it is saved, before it counts. A failure fails the change too:
 * who must keep record of everything says so by throwing.
 */
@FunctionalInterface
public interface MetadataListener {

    /** @param serving the snapshot that serves with it from now on; null: it is a draft, and serves nobody */
    void saved(MetadataEditing.Version version, @Nullable Catalog serving, Session session);
}
