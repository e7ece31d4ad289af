package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;

/**
 * Told of each version of edited metadata in the thread in which it is saved, before it counts. A failure fails the change too:
 * who must keep record of everything says so by throwing.
 */
@FunctionalInterface
public interface MetadataListener {

    void saved(MetadataEditing.Version version, Session session);
}
