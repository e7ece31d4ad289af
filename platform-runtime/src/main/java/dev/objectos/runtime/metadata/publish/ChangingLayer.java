package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.MetadataSource;
import java.util.List;

/** A layer of metadata that changes while the server runs; whoever publishes changes it through {@link MetadataPublisher}. */
public abstract sealed class ChangingLayer permits AddedLayers, EditedLayer {

    private volatile List<MetadataSource> sources = List.of();

    public final List<MetadataSource> sources() {
        return sources;
    }

    /** Has the next publish take these. */
    public final void replace(List<MetadataSource> next) {
        sources = List.copyOf(next);
    }
}
