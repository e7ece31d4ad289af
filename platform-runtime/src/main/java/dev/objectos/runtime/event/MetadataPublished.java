package dev.objectos.runtime.event;

import org.jspecify.annotations.Nullable;

/**
 * A new snapshot of the catalog serves.
 *
 * @param version of the catalog
 * @param edited whether it holds other edits than the one before, each of which whoever listens to edits has been told of
 * @param by who changed what it is made of; null: nobody did through the platform
 */
public record MetadataPublished(long version, boolean edited, @Nullable Initiator by) implements PlatformEvent {

    /** Brought about by whoever the thread works for. */
    public MetadataPublished(long version, boolean edited) {
        this(version, edited, Initiator.current());
    }

    @Override
    public String name() {
        return "metadata.published";
    }
}
