package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.MetadataKind.Located;
import java.util.List;

/**
 * A file that could be read, before it is compared with the others.
 *
 * @param label names the file in positions
 * @param located what its path says
 * @param content canonical spelling where the kind has a table of keys
 * @param order of the source among the sources
 * @param version of what an administrator has edited; 0 for every other file
 */
record Part(String plugin, String label, MetadataKind kind, Located located, Element content, int order,
        int version) {

    int layer() {
        return new MetadataSource(plugin, List.of()).layer();
    }

    SourceLocation top() {
        return new SourceLocation(label, 1, 1);
    }
}
