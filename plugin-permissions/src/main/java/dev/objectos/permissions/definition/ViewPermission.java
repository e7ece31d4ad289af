package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sees an app, view, form, report, chart, page or menu.
 *
 * @param name the item's
 * @param object the object of the file; the item is about it, or about none; null: about whichever
 * @param access the sets whose holders see it; null: everybody does
 * @param fields by field, the sets whose holders see it there
 */
public record ViewPermission(String name, @Nullable String object, @Nullable Set<String> access,
        Map<String, Set<String>> fields, SourceLocation where) {

    /** The types of items that there are such permissions for. */
    public static final Set<String> TYPES = Set.of("app", "view", "form", "report", "chart", "page", "menu");

    public ViewPermission {
        access = access == null ? null : Set.copyOf(access);
        fields = Map.copyOf(fields);
    }

    static ViewPermission read(String name, ItemPart content, @Nullable String object) {
        ItemPart access = content.get("access");
        var fields = new LinkedHashMap<String, Set<String>>();
        content.entries("field_restrictions").forEach((field, restriction) -> {
            ItemPart visible = restriction.get("visible_to");
            fields.put(field, visible == null ? Set.of() : FieldReader.names(visible));
        });
        return new ViewPermission(name, object, access == null ? null : FieldReader.names(access), fields,
                content.where());
    }

    /** Every name of a set whose holders see something. */
    Set<String> mentioned() {
        var names = new LinkedHashSet<String>();
        if (access != null) {
            names.addAll(access);
        }
        fields.values().forEach(names::addAll);
        return names;
    }

    /** Whether it speaks of an item. */
    public boolean concerns(MetadataItem item) {
        return TYPES.contains(item.type()) && name.equals(item.name())
                && (object == null || item.object() == null || object.equals(item.object()));
    }
}
