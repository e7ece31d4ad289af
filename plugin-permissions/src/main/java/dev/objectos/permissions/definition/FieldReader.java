package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.spi.Masking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads who may see and write fields, and what is shown to others. */
final class FieldReader {

    private final List<FieldRestriction> restrictions = new ArrayList<>();
    private final List<Mask> masks = new ArrayList<>();

    /** What stands with the fields themselves. */
    void definitions(ObjectDefinition object) {
        for (FieldDefinition field : object.fields().values()) {
            FieldAccess access = field.access();
            restrict(field.name(), Operation.READ, access.visibleTo(), field.source());
            restrict(field.name(), Operation.UPDATE, access.editableBy(), field.source());
            restrict(field.name(), Operation.CREATE, access.editableBy(), field.source());
            Object mask = field.descriptive().get("mask");
            if (mask != null) {
                masks.add(mask(field.name(), mask, field.source()));
            }
        }
    }

    /** @param written {@code field_permissions} */
    void permissions(ItemPart written) {
        written.entries().forEach((field, content) -> {
            restrictions(field, null, content);
            ItemPart mask = content.get("mask");
            if (mask != null && mask.value() != null) {
                masks.add(mask(field, mask.value(), mask.where()));
            }
        });
    }

    /** @param written {@code fields} of a set */
    void ofSet(String set, ItemPart written) {
        written.entries().forEach((field, content) -> restrictions(field, set, content));
    }

    /** @param written {@code field_masking} */
    void masking(ItemPart written) {
        written.entries().forEach((field, content) -> {
            Object value = content.value();
            if (value != null) {
                masks.add(mask(field, value, content.where()));
            }
        });
    }

    List<FieldRestriction> restrictions() {
        return restrictions;
    }

    List<Mask> masks() {
        return masks;
    }

    private void restrict(String field, Operation operation, @Nullable List<String> sets, SourceLocation where) {
        if (sets != null) {
            restrictions.add(new FieldRestriction(field, operation, null, Set.copyOf(sets), where));
        }
    }

    /** What holds for updates holds for creations, unless those have a word of their own. */
    private void restrictions(String field, @Nullable String set, ItemPart content) {
        ItemPart update = content.get("update");
        restriction(field, Operation.READ, set, content.get("read"));
        restriction(field, Operation.UPDATE, set, update);
        restriction(field, Operation.CREATE, set, content.has("create") ? content.get("create") : update);
    }

    private void restriction(String field, Operation operation, @Nullable String set, @Nullable ItemPart written) {
        if (written == null || written.isNull() || Boolean.TRUE.equals(written.value())) {
            return;
        }
        restrictions.add(new FieldRestriction(field, operation, set,
                Boolean.FALSE.equals(written.value()) ? Set.of() : names(written), written.where()));
    }

    static Set<String> names(ItemPart list) {
        return list.elements().stream().map(ItemPart::text).collect(Collectors.toSet());
    }

    /** A mask as a word, or with those who see what is behind it. */
    private static Mask mask(String field, Object written, SourceLocation where) {
        if (!(written instanceof Map<?, ?> map)) {
            return new Mask(field, masking(Boolean.TRUE.equals(written) ? "full" : String.valueOf(written)), null,
                    where);
        }
        Object format = map.get("mask_format");
        Object visible = map.get("visible_to");
        return new Mask(field, masking(format == null ? "full" : String.valueOf(format)),
                visible == null ? null : words(visible), where);
    }

    private static Set<String> words(Object written) {
        return written instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of(String.valueOf(written));
    }

    private static Masking masking(String format) {
        return switch (format) {
            case "full" -> new Masking.Text("****");
            case "last4", "partial" -> new Masking.LastCharacters(4);
            case "email" -> new Masking.Address();
            default -> new Masking.Text(format);
        };
    }
}
