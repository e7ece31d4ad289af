package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.MetadataEditing.Reference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what names an item, or a field of an object, in a catalog. */
final class ReferenceSearch {

    private static final String OBJECT = "object";
    private static final String TRANSLATION = "translation";

    /** What people read says nothing. */
    private static final Set<String> PROSE = Set.of("label", "plural_label", "description", "title", "help_text",
            "message", "name", "comment", "text", "html", "subject", "ai_context");

    private final Catalog catalog;
    private final Set<Reference> found = new LinkedHashSet<>();

    ReferenceSearch(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @param field a field of the object; null: the item as a whole */
    List<Reference> find(ItemKey item, @Nullable String field) {
        found.clear();
        boolean object = item.type().equals(OBJECT);
        if (object && field != null) {
            new FieldMentions(catalog, item.name(), field, this::add).find();
        } else if (object) {
            objects(item.name());
        }
        for (String type : catalog.types()) {
            if (!type.equals(TRANSLATION)) {
                catalog.items(type).forEach(other -> item(other, item, field));
            }
        }
        return List.copyOf(found);
    }

    private void add(Reference reference) {
        found.add(reference);
    }

    private void objects(String name) {
        for (ObjectDefinition other : catalog.objects()) {
            if (!other.name().equals(name)) {
                for (FieldDefinition field : other.fields().values()) {
                    if (!field.system() && name.equals(target(field))) {
                        add(new Reference(new ItemKey(OBJECT, other.name()), "fields." + field.name(),
                                field.type() instanceof FieldType.Summary ? "summary" : "lookup", field.source()));
                    }
                }
            }
        }
    }

    private static @Nullable String target(FieldDefinition field) {
        return switch (field.type()) {
            case FieldType.Reference reference -> reference.target();
            case FieldType.References references -> references.target();
            case FieldType.Summary summary -> summary.object();
            default -> null;
        };
    }

    private void item(MetadataItem other, ItemKey named, @Nullable String field) {
        ItemKey own = new ItemKey(other.type(), other.name());
        boolean about = named.type().equals(OBJECT) && named.name().equals(other.object());
        boolean within = about && other.name().equals(named.name() + "." + OBJECT);
        if (own.equals(named) || (within && field == null)) {
            return;
        }
        if (field != null) {
            if (about || mentions(ItemPart.all(other), named.name()::equals) != null) {
                Pattern word = Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(field) + "(?![A-Za-z0-9_])");
                ItemPart part = mentions(ItemPart.all(other), text -> word.matcher(text).find());
                if (part != null) {
                    add(new Reference(own, dotted(part.path()), "mention", part.where()));
                }
            }
            return;
        }
        ItemPart part = mentions(ItemPart.all(other), named.name()::equals);
        if (part != null) {
            add(new Reference(own, dotted(part.path()), "mention", part.where()));
        } else if (about) {
            add(new Reference(own, "", "about", other.source()));
        }
    }

    /** The first key or text inside that passes; null where none does. */
    private static @Nullable ItemPart mentions(ItemPart part, Predicate<String> wanted) {
        if (part.value() instanceof Map) {
            for (var entry : part.entries().entrySet()) {
                if (PROSE.contains(entry.getKey()) && !entry.getValue().isContainer()) {
                    continue;
                }
                ItemPart inside = wanted.test(entry.getKey())
                        ? entry.getValue()
                        : mentions(entry.getValue(), wanted);
                if (inside != null) {
                    return inside;
                }
            }
            return null;
        }
        if (part.value() instanceof List) {
            return part.elements().stream().map(element -> mentions(element, wanted))
                    .filter(Objects::nonNull).findFirst().orElse(null);
        }
        return part.value() instanceof String text && wanted.test(text) ? part : null;
    }

    private static String dotted(String path) {
        return path.replace('/', '.');
    }
}
