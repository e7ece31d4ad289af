package dev.objectos.runtime.event;

/**
 * A new snapshot of the catalog serves.
 *
 * @param version of the catalog
 */
public record MetadataPublished(long version) implements PlatformEvent {

    @Override
    public String name() {
        return "metadata.published";
    }
}
