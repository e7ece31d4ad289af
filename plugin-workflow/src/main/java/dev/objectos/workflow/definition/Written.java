package dev.objectos.workflow.definition;

import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a workflow's file that knows where it was written.
 *
 * @param value String, Boolean, Number, List, Map or null
 * @param path of the part within the file
 */
record Written(MetadataItem item, String path, @Nullable Object value) {

    static Written all(MetadataItem item) {
        return new Written(item, "", item.content());
    }

    SourceLocation where() {
        return path.isEmpty() ? item.source() : item.where(path);
    }

    boolean isNull() {
        return value == null;
    }

    boolean isMap() {
        return value instanceof Map;
    }

    boolean has(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key);
    }

    /** What stands below a key; null where the key is missing. */
    @Nullable
    Written get(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key)
                ? new Written(item, inside(key), map.get(key))
                : null;
    }

    /** The first of several keys that is there. */
    @Nullable
    Written first(String... keys) {
        for (String key : keys) {
            Written found = get(key);
            if (found != null && !found.isNull()) {
                return found;
            }
        }
        return null;
    }

    /** The text below a key; null where there is none. */
    @Nullable
    String text(String key) {
        Written found = get(key);
        return found == null || found.isNull() || found.isContainer() ? null : String.valueOf(found.value);
    }

    /** The text of the part itself; empty where it is none. */
    String text() {
        return isNull() || isContainer() ? "" : String.valueOf(value);
    }

    boolean flag(String key) {
        Written found = get(key);
        return found != null && Boolean.TRUE.equals(found.value);
    }

    /** Whether it is a list or a map. */
    boolean isContainer() {
        return value instanceof Map || value instanceof List;
    }

    /** The parts of a map by key; none where it is no map. */
    Map<String, Written> entries() {
        var entries = new LinkedHashMap<String, Written>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> entries.put(String.valueOf(key),
                    new Written(item, inside(String.valueOf(key)), part)));
        }
        return entries;
    }

    /** The parts of a map below a key; none where there is none. */
    Map<String, Written> entries(String key) {
        Written found = get(key);
        return found == null ? Map.of() : found.entries();
    }

    /** The elements of a list, or the part itself where one may stand without brackets; none where it is empty. */
    List<Written> elements() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            return List.of(this);
        }
        var elements = new ArrayList<Written>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new Written(item, inside(String.valueOf(i)), list.get(i)));
        }
        return elements;
    }

    List<Written> elements(String key) {
        Written found = get(key);
        return found == null ? List.of() : found.elements();
    }

    private String inside(String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }
}
