package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.MetadataSource;
import java.util.List;

/** A layer of metadata that changes while the server runs; whoever publishes changes it through {@link MetadataPublisher}. */
public sealed interface ChangingLayer permits AddedLayers, EditedLayer {

    List<MetadataSource> sources();

    /** Has the next publish take these. */
    void replace(List<MetadataSource> next);
}
