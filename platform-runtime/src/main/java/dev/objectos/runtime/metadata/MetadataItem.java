package dev.objectos.runtime.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of metadata other than an object: permission, workflow, trigger, api, translation, data, app, view, …
 *
 * @param type metadata type
 * @param name unique within the type
 * @param object the object it is about; null: none or several
 * @param content as written, aliases normalised; a list file (seed data) stands under {@code records}
 * @param positions where each top-level key or list element was written, in order
 * @param plugin id of the plugin that brought it
 */
public record MetadataItem(String type, String name, @Nullable String object, Map<String, Object> content,
        List<SourceLocation> positions, String plugin, SourceLocation source) {

    public MetadataItem {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
        positions = List.copyOf(positions);
    }
}
