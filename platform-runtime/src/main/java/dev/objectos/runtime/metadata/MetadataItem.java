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
 * @param places where each value inside was written, by its path: keys, and positions in lists, joined by {@code /}; an
 *        expression begins at its first character
 * @param params what callers of an api may give, by name
 */
public record MetadataItem(String type, String name, @Nullable String object, Map<String, Object> content,
        List<SourceLocation> positions, String plugin, SourceLocation source, Map<String, SourceLocation> places,
        Map<String, FieldDefinition> params) {

    public MetadataItem {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
        positions = List.copyOf(positions);
        places = Map.copyOf(places);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** An item that nobody calls. */
    public MetadataItem(String type, String name, @Nullable String object, Map<String, Object> content,
            List<SourceLocation> positions, String plugin, SourceLocation source,
            Map<String, SourceLocation> places) {
        this(type, name, object, content, positions, plugin, source, places, Map.of());
    }

    /** An item of whose inner values nobody asks where they were written. */
    public MetadataItem(String type, String name, @Nullable String object, Map<String, Object> content,
            List<SourceLocation> positions, String plugin, SourceLocation source) {
        this(type, name, object, content, positions, plugin, source, Map.of());
    }

    /** The same item, called with other parameters. */
    public MetadataItem withParams(Map<String, FieldDefinition> others) {
        return new MetadataItem(type, name, object, content, positions, plugin, source, places, others);
    }

    /** Where the value at a path was written, or what is around it where that is not known. */
    public SourceLocation where(String path) {
        for (String around = path; !around.isEmpty(); around = around.substring(0,
                Math.max(0, around.lastIndexOf('/')))) {
            SourceLocation known = places.get(around);
            if (known != null) {
                return known;
            }
        }
        return source;
    }
}
