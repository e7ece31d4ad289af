package dev.objectos.runtime.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of an item's content that knows where it was written.
 *
 * @param value String, Boolean, Number, List, Map or null
 * @param path of the part within the content, see {@link MetadataItem#places}
 */
public record ItemPart(MetadataItem item, String path, @Nullable Object value) {

    /** The whole content. */
    public static ItemPart all(MetadataItem item) {
        return new ItemPart(item, "", item.content());
    }

    public SourceLocation where() {
        return path.isEmpty() ? item.source() : item.where(path);
    }

    public boolean isNull() {
        return value == null;
    }

    public boolean isMap() {
        return value instanceof Map;
    }

    public boolean has(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key);
    }

    /** What stands below a key; null where the key is missing. */
    public @Nullable ItemPart get(String key) {
        return value instanceof Map<?, ?> map && map.containsKey(key)
                ? new ItemPart(item, inside(key), map.get(key))
                : null;
    }

    /** The first of several keys that is there. */
    public @Nullable ItemPart first(String... keys) {
        for (String key : keys) {
            ItemPart found = get(key);
            if (found != null && !found.isNull()) {
                return found;
            }
        }
        return null;
    }

    /** The text below a key; null where there is none. */
    public @Nullable String text(String key) {
        ItemPart found = get(key);
        return found == null || found.isNull() || found.isContainer() ? null : String.valueOf(found.value);
    }

    /** The text of the part itself; empty where it is none. */
    public String text() {
        return isNull() || isContainer() ? "" : String.valueOf(value);
    }

    public boolean flag(String key) {
        ItemPart found = get(key);
        return found != null && Boolean.TRUE.equals(found.value);
    }

    /** Whether it is a list or a map. */
    public boolean isContainer() {
        return value instanceof Map || value instanceof List;
    }

    /** The parts of a map by key; none where it is no map. */
    public Map<String, ItemPart> entries() {
        var entries = new LinkedHashMap<String, ItemPart>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> entries.put(String.valueOf(key),
                    new ItemPart(item, inside(String.valueOf(key)), part)));
        }
        return entries;
    }

    /** The parts of a map below a key; none where there is none. */
    public Map<String, ItemPart> entries(String key) {
        ItemPart found = get(key);
        return found == null ? Map.of() : found.entries();
    }

    /** The elements of a list, or the part itself where one may stand without brackets; none where it is empty. */
    public List<ItemPart> elements() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            return List.of(this);
        }
        var elements = new ArrayList<ItemPart>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new ItemPart(item, inside(String.valueOf(i)), list.get(i)));
        }
        return elements;
    }

    public List<ItemPart> elements(String key) {
        ItemPart found = get(key);
        return found == null ? List.of() : found.elements();
    }

    private String inside(String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }
}
