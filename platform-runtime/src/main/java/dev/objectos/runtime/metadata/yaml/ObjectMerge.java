package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Adds a later definition of an object to an earlier one, field by field and attribute by attribute. */
final class ObjectMerge {

    /** Maps whose named elements add up, and in which an element given again is merged with the earlier one. */
    private static final Set<String> BY_NAME = Set.of("fields", "actions", "permission_sets", "field_permissions",
            "action_permissions", "view_permissions", "field_masking");

    private ObjectMerge() {}

    static Entries add(Entries earlier, Entries later) {
        var merged = new LinkedHashMap<>(earlier.entries());
        later.entries()
                .forEach((key, entry) -> merged.merge(key, entry, (before, after) -> combine(key, before, after)));
        return new Entries(merged, earlier.where());
    }

    private static Entry combine(String key, Entry before, Entry after) {
        if (before.value() instanceof Entries first && after.value() instanceof Entries second) {
            if (key.equals("fields")) {
                return new Entry(before.keyWhere(), each(first, second, true));
            }
            if (BY_NAME.contains(key)) {
                return new Entry(before.keyWhere(), each(first, second, false));
            }
            if (key.equals("enable") || key.equals("indexes") || key.equals("validations")) {
                return new Entry(before.keyWhere(), overlay(first, second));
            }
        }
        if (before.value() instanceof Element.Items first && after.value() instanceof Element.Items second
                && (key.endsWith("_rules") || key.equals("unique_together"))) {
            var all = new java.util.ArrayList<>(first.elements());
            all.addAll(second.elements());
            return new Entry(before.keyWhere(), new Element.Items(all, first.where()));
        }
        return after;
    }

    private static Entries each(Entries first, Entries second, boolean fields) {
        Map<String, Entry> merged = new LinkedHashMap<>(first.entries());
        second.entries().forEach((name, entry) -> merged.merge(name, entry, (before, after) -> {
            if (before.value() instanceof Entries old && after.value() instanceof Entries fresh) {
                return new Entry(before.keyWhere(), fields ? field(old, fresh) : overlay(old, fresh));
            }
            return after;
        }));
        return new Entries(merged, first.where());
    }

    /** A field given again keeps what it does not say; with another type, what belonged to the former type goes. */
    private static Entries field(Entries old, Entries fresh) {
        String after = fresh.text("type");
        Entries kept = old;
        if (after != null && !after.equals(TypeReader.typeName(old))) {
            TypeFamily family = TypeFamily.of(after);
            for (String attribute : old.entries().keySet()) {
                if (family != null && !family.knows(attribute)) {
                    kept = kept.without(attribute);
                }
            }
            kept = kept.without("type");
            if (!fresh.has("default")) {
                kept = kept.without("default");
            }
        }
        return overlay(kept, fresh);
    }

    /** Both together; what is wrong with them is wrong where the later one was written, which can be left out alone. */
    static Entries overlay(Entries old, Entries fresh) {
        var merged = new LinkedHashMap<>(old.entries());
        merged.putAll(fresh.entries());
        return new Entries(merged, fresh.where());
    }
}
