package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ItemRights;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the parts of apps, menus, pages and their like that their reader can open: a part that names an item or an object which does not
 * exist for the reader goes, with the label that stands beside the name.
 */
final class OpenParts {

    /** Texts under these keys are for the eye, and name nothing. */
    private static final Set<String> PROSE = Set.of("label", "plural_label", "title", "description", "help_text",
            "text", "icon", "color", "type", "kind", "style", "layout");

    private final Set<String> closed;

    private OpenParts(Set<String> closed) {
        this.closed = closed;
    }

    /** A name that means several things is open as long as one of them is. */
    static OpenParts of(CatalogView view, ItemRights items) {
        var open = new HashSet<String>();
        var closed = new HashSet<String>();
        for (ObjectDefinition object : view.catalog().objects()) {
            (view.access(object).readable() ? open : closed).add(object.name());
        }
        for (String type : CatalogView.DESCRIPTIVE) {
            for (MetadataItem item : view.catalog().items(type)) {
                (view.shown(item, items).visible() ? open : closed).add(item.name());
            }
        }
        closed.removeAll(open);
        return new OpenParts(closed);
    }

    /** What is left of an item's content. */
    Map<String, Object> of(Map<String, Object> content) {
        if (closed.isEmpty()) {
            return content;
        }
        var rest = new LinkedHashMap<String, Object>();
        content.forEach((key, value) -> {
            Object left = value == null || PROSE.contains(key) ? value : left(value);
            if (left != null) {
                rest.put(key, left);
            }
        });
        return rest;
    }

    private @Nullable Object left(Object tree) {
        return switch (tree) {
            case String name when closes(name) -> null;
            case Map<?, ?> map -> part(map);
            case List<?> list -> list.stream().map(element -> element == null ? null : left(element))
                    .filter(Objects::nonNull).toList();
            default -> tree;
        };
    }

    /** Null where the part itself names something closed: what it says beside is about that. */
    private @Nullable Map<Object, Object> part(Map<?, ?> part) {
        var rest = new LinkedHashMap<Object, Object>();
        for (Map.Entry<?, ?> entry : part.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            boolean prose = value == null || PROSE.contains(key);
            if (!prose && value instanceof String name && closes(name)) {
                return null;
            }
            Object left = prose ? value : left(value);
            if (left != null && !(value instanceof Map && closes(key))) {
                rest.put(key, left);
            }
        }
        return rest;
    }

    /** A name, or an address with one, such as {@code /payroll/list}. */
    private boolean closes(String text) {
        if (!text.startsWith("/")) {
            return closed.contains(text);
        }
        for (String part : text.substring(1).split("[/?#]", -1)) {
            if (closed.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
