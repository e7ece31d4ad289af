package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.MetadataKind.Located;

/**
 * A file that could be read, before it is compared with the others.
 *
 * @param label names the file in positions
 * @param located what its path says
 * @param content canonical spelling where the kind has a table of keys
 * @param order of the source among the sources
 */
record Part(String plugin, String label, MetadataKind kind, Located located, Element content, int order) {

    SourceLocation top() {
        return new SourceLocation(label, 1, 1);
    }
}
