package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads everything but objects, and what objects say about permissions. */
final class ItemReader {

    private final Map<String, ObjectDefinition> objects;
    private final ObjectAssembly assembly;
    private final Violations violations;
    private final Map<String, Taken> items = new LinkedHashMap<>();

    /** An item and the source it came from. */
    private record Taken(MetadataItem item, int order) {}

    ItemReader(Map<String, ObjectDefinition> objects, ObjectAssembly assembly, Violations violations) {
        this.objects = objects;
        this.assembly = assembly;
        this.violations = violations;
    }

    Collection<MetadataItem> read(List<Part> parts) {
        var transitions = new TransitionNames(parts);
        objects.keySet().forEach(object -> permissionsOf(object, transitions));
        var translations = new TranslationReader(objects, violations);
        objects.forEach((name, object) -> {
            ObjectDraft draft = assembly.draft(name);
            Entries rules = draft == null ? null : draft.merged().map("validations");
            if (rules != null) {
                translations.rules(object, rules);
            }
        });
        for (Part part : parts) {
            if (violations.isBad(part.label())) {
                continue;
            }
            switch (part.kind()) {
                case TRANSLATION -> translations.read(part);
                case DATA -> data(part);
                default -> item(part, transitions);
            }
        }
        translations.items().forEach(item -> items.put(key(item), new Taken(item, 0)));
        return items.values().stream().map(Taken::item).toList();
    }

    /** The permissions that stand in the object itself, as if they stood in a file of their own. */
    private void permissionsOf(String object, TransitionNames transitions) {
        ObjectDraft draft = assembly.draft(object);
        if (draft == null) {
            return;
        }
        Entries written = draft.merged();
        var kept = new LinkedHashMap<String, Entry>();
        written.entries().forEach((key, entry) -> {
            if (PermissionShapes.isObjectKey(key)) {
                kept.put(key, entry);
            }
        });
        ObjectDefinition definition = objects.get(object);
        if (definition == null) {
            return;
        }
        Findings findings = violations.findings("object", object);
        new PermissionChecker(objects, definition, transitions.of(object), findings).check(written);
        if (!kept.isEmpty()) {
            MetadataItem item = of("permission", object + ".object", object, new Entries(kept, written.where()),
                    definition.plugin(), definition.source());
            items.put(key(item), new Taken(item, 0));
        }
    }

    private void item(Part part, TransitionNames transitions) {
        Entries content = (Entries) part.content();
        String type = part.kind().type();
        String written = content.text("name");
        String name = written == null ? part.located().stem() : written;
        Findings findings = violations.findings(type, name);
        String object = object(part, content, findings);
        ObjectDefinition definition = object == null ? null : objects.get(object);
        Map<String, FieldDefinition> params = Map.of();
        switch (part.kind()) {
            case PERMISSION -> {
                if (definition != null) {
                    new PermissionChecker(objects, definition, transitions.of(definition.name()), findings)
                            .check(content);
                }
            }
            case WORKFLOW -> new ProcessChecker(findings).workflow(content, definition);
            case TRIGGER -> new ProcessChecker(findings).trigger(content);
            case API -> params = new ParameterReader(objects, findings).read(content.get("params"));
            default -> new MentionChecker(objects, findings).check(content, definition);
        }
        if (violations.isBad(part.label())) {
            return;
        }
        MetadataItem item = of(type, name, object, content, part.plugin(), part.top()).withParams(params);
        Taken earlier = items.get(key(item));
        // A later source replaces what an earlier one brought, but never the permissions of another object.
        if (earlier != null && (earlier.order() == part.order() || (part.kind() == MetadataKind.PERMISSION
                && !Objects.equals(earlier.item().object(), object)))) {
            findings.error(content.valueWhere("name"), "another " + type + " is named '" + name + "', in "
                    + earlier.item().source().file(), "give each its own name");
            return;
        }
        items.put(key(item), new Taken(item, part.order()));
    }

    /** The object that a file is about: as it says, or as its name says; null where it is about none or several. */
    private @Nullable String object(Part part, Entries content, Findings findings) {
        String written = content.text("object");
        boolean needs = switch (part.kind()) {
            case PERMISSION -> content.entries().keySet().stream()
                    .anyMatch(key -> PermissionShapes.isObjectKey(key) && !key.equals("roles")
                            && !key.equals("permission_sets"));
            case WORKFLOW, PERMISSION_TEST -> true;
            case TRIGGER -> content.has("event");
            default -> false;
        };
        if (written == null) {
            String stem = ObjectAssembly.canonical(part.located().stem());
            if (objects.containsKey(stem) && part.kind() != MetadataKind.APP && part.kind() != MetadataKind.MENU) {
                return stem;
            }
            if (needs) {
                findings.error(content.where(), "the " + part.kind().type() + " says no object", "add object:");
            }
            return null;
        }
        String canonical = ObjectAssembly.canonical(written);
        if (objects.containsKey(canonical)) {
            return canonical;
        }
        String near = Spelling.suggest(written, objects.keySet());
        ObjectDraft bad = assembly.draft(canonical);
        String problem = bad == null
                ? "there is no object '" + written + "'"
                : "the object '" + written + "' is left out because of its own errors";
        String advice = bad == null ? near : "mend " + bad.parts().getFirst().label() + " first";
        if (needs || part.kind() == MetadataKind.API || part.kind() == MetadataKind.PERMISSION) {
            findings.error(content.valueWhere("object"), problem, advice);
        } else {
            findings.warning(content.valueWhere("object"), problem, advice);
        }
        return null;
    }

    private void data(Part part) {
        String stem = part.located().stem();
        Findings findings = violations.findings("data", stem);
        MetadataItem item = new SeedReader(objects, findings).read(part);
        if (item == null || violations.isBad(part.label())) {
            return;
        }
        MetadataItem named = item;
        for (int i = 2; items.containsKey(key(named)); i++) {
            named = new MetadataItem(item.type(), item.name() + "_" + i, item.object(), item.content(),
                    item.positions(), item.plugin(), item.source());
        }
        items.put(key(named), new Taken(named, part.order()));
    }

    private static String key(MetadataItem item) {
        return item.type() + "/" + item.name();
    }

    static MetadataItem of(String type, String name, @Nullable String object, Entries content, String plugin,
            SourceLocation source) {
        var places = new HashMap<String, SourceLocation>();
        places(content, "", places);
        return new MetadataItem(type, name, object, known(content), positions(content), plugin, source, places);
    }

    private static void places(Element element, String path, Map<String, SourceLocation> places) {
        if (!path.isEmpty()) {
            places.put(path, element instanceof Scalar scalar && scalar.value() instanceof String
                    ? Expressions.source(scalar).where()
                    : element.where());
        }
        String inside = path.isEmpty() ? "" : path + "/";
        switch (element) {
            case Entries map -> map.entries().forEach((key, entry) -> places(entry.value(), inside + key, places));
            case Items items -> {
                for (int i = 0; i < items.elements().size(); i++) {
                    places(items.elements().get(i), inside + i, places);
                }
            }
            case Scalar _ -> {
                // has nothing inside
            }
        }
    }

    private static Map<String, Object> known(Entries content) {
        var map = new LinkedHashMap<String, Object>();
        content.plain().forEach((key, value) -> {
            if (value != null) {
                map.put(key, value);
            }
        });
        return map;
    }

    private static List<SourceLocation> positions(Entries content) {
        return content.entries().values().stream().filter(entry -> !entry.value().isNull()).map(Entry::keyWhere)
                .toList();
    }
}
