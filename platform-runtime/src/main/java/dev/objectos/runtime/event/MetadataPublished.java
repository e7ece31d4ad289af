package dev.objectos.runtime.event;

import org.jspecify.annotations.Nullable;

/**
 * A new snapshot of the catalog serves.
 *
 * @param version of the catalog
 * @param by who changed what it is made of; null: nobody did through the platform
 */
public record MetadataPublished(long version, @Nullable Initiator by) implements PlatformEvent {

    /** Brought about by whoever the thread works for. */
    public MetadataPublished(long version) {
        this(version, Initiator.current());
    }

    @Override
    public String name() {
        return "metadata.published";
    }
}
