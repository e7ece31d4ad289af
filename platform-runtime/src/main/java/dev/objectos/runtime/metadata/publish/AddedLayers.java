package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.MetadataSource;
import java.util.List;

/** What plugins that come and go bring to the catalog, in the order of their dependencies. */
public final class AddedLayers implements ChangingLayer {

    private volatile List<MetadataSource> sources = List.of();

    @Override
    public List<MetadataSource> sources() {
        return sources;
    }

    @Override
    public void replace(List<MetadataSource> next) {
        sources = List.copyOf(next);
    }
}
