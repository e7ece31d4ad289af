package dev.objectos.auth.role;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemPart;
import java.util.HashSet;
import java.util.Set;

/** The roles to which metadata other than permissions gives work: who approves, who may call, who is told. */
final class MentionedRoles {

    /** Of permissions those who read them know more; of records and texts nothing is said about rights. */
    private static final Set<String> SILENT = Set.of("permission", "permission_test", "data", "translation",
            "template");

    private static final Set<String> KEYS = Set.of("role", "roles");

    private MentionedRoles() {}

    static Set<String> in(Catalog catalog) {
        var found = new HashSet<String>();
        catalog.types().stream().filter(type -> !SILENT.contains(type))
                .forEach(type -> catalog.items(type).forEach(item -> look(ItemPart.all(item), found)));
        return found;
    }

    private static void look(ItemPart part, Set<String> found) {
        if (part.isMap()) {
            part.entries().forEach((key, value) -> {
                if (KEYS.contains(key)) {
                    name(value, found);
                }
                look(value, found);
            });
        } else if (part.isContainer()) {
            part.elements().forEach(element -> look(element, found));
        }
    }

    /** One name, a list of them, or what is said of each by its name. */
    private static void name(ItemPart value, Set<String> found) {
        if (value.isMap()) {
            found.addAll(value.entries().keySet());
        } else {
            value.elements().stream().filter(element -> !element.isContainer()).map(ItemPart::text)
                    .forEach(found::add);
        }
    }
}
