package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.MetadataSource;
import java.util.List;

/** What administrators have edited, over everything that plugins and folders bring. */
public final class EditedLayer implements ChangingLayer {

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
