package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts objects together from their files and keeps those whose links to each other hold. */
final class ObjectAssembly {

    /** Other names of objects. */
    static final Map<String, String> ALIASES = Map.of("users", Catalog.USER);

    private final Violations violations;
    private final Map<String, ObjectDraft> drafts = new LinkedHashMap<>();

    ObjectAssembly(Violations violations) {
        this.violations = violations;
    }

    static String canonical(String name) {
        return ALIASES.getOrDefault(name, name);
    }

    /** The name of the object that an object file or validation file is about. */
    static String objectOf(Part part) {
        Entries content = (Entries) part.content();
        String named = part.kind() == MetadataKind.OBJECT ? content.text("name") : content.text("object");
        if (named == null) {
            named = content.text("extends");
        }
        return canonical(named == null ? part.located().stem() : named);
    }

    /** The objects that hold together, by name. */
    Map<String, ObjectDefinition> assemble(List<Part> parts) {
        var byObject = new LinkedHashMap<String, List<Part>>();
        var rules = new ArrayList<Part>();
        for (Part part : parts) {
            if (part.kind() == MetadataKind.OBJECT) {
                byObject.computeIfAbsent(objectOf(part), _ -> new ArrayList<>()).add(part);
            } else {
                rules.add(part);
            }
        }
        for (Part part : rules) {
            List<Part> object = byObject.get(objectOf(part));
            if (object == null) {
                violations.findings("validation", part.located().stem()).error(
                        ((Entries) part.content()).valueWhere("object"), "there is no object '" + objectOf(part) + "'",
                        Spelling.suggest(objectOf(part), byObject.keySet()));
            } else {
                object.add(part);
            }
        }
        byObject.forEach((name, files) -> drafts.put(name, new ObjectDraft(name, files, violations)));
        drafts.values().forEach(ObjectDraft::build);
        List<Part> faulty = parts.stream()
                .filter(part -> part.kind() == MetadataKind.OBJECT && violations.isBad(part.label())).toList();
        List<Violation> ofReading = violations.sorted();
        settle(drafts.keySet());
        var linker = new ObjectLinker(this);
        faulty.forEach(part -> linker.checkNames((Entries) part.content(),
                violations.findings(MetadataKind.OBJECT.type(), objectOf(part))));
        var objects = new LinkedHashMap<String, ObjectDefinition>();
        drafts.forEach((name, draft) -> {
            ObjectDefinition definition = draft.definition();
            if (definition != null) {
                objects.put(name, ObjectLinker.linked(definition, this));
            }
        });
        new FaultyObjects(objects, ofReading, violations).tell(drafts.values());
        return objects;
    }

    /** The object of that name as far as it holds at this moment, or null. */
    @Nullable
    ObjectDefinition object(String name) {
        ObjectDraft draft = drafts.get(canonical(name));
        return draft == null ? null : draft.definition();
    }

    /** Every name that some file gives to an object, good or bad. */
    Set<String> names() {
        return drafts.keySet();
    }

    @Nullable
    ObjectDraft draft(String name) {
        return drafts.get(canonical(name));
    }

    /** Looks at the links of objects again and again until no file drops out any more. */
    private void settle(Set<String> first) {
        Map<String, Set<String>> dependents = dependents();
        var waiting = new ArrayDeque<>(first);
        var queued = new LinkedHashSet<>(first);
        var linker = new ObjectLinker(this);
        while (!waiting.isEmpty()) {
            while (!waiting.isEmpty()) {
                String name = waiting.poll();
                queued.remove(name);
                ObjectDraft draft = drafts.get(name);
                ObjectDefinition before = draft == null ? null : draft.definition();
                if (draft == null || before == null) {
                    continue;
                }
                int known = violations.badFiles();
                linker.check(before, draft.merged(), draft.findings());
                if (violations.badFiles() > known) {
                    rebuild(draft, dependents, waiting, queued);
                }
            }
            for (String name : new RequiredCycles(this).report()) {
                ObjectDraft draft = drafts.get(name);
                if (draft != null) {
                    rebuild(draft, dependents, waiting, queued);
                }
            }
        }
    }

    private static void rebuild(ObjectDraft draft, Map<String, Set<String>> dependents, ArrayDeque<String> waiting,
            Set<String> queued) {
        draft.build();
        var again = new LinkedHashSet<>(dependents.getOrDefault(draft.name(), Set.of()));
        again.add(draft.name());
        for (String name : again) {
            if (queued.add(name)) {
                waiting.add(name);
            }
        }
    }

    /** By object: those that say something about it. */
    private Map<String, Set<String>> dependents() {
        var dependents = new LinkedHashMap<String, Set<String>>();
        drafts.forEach((name, draft) -> {
            ObjectDefinition definition = draft.definition();
            if (definition != null) {
                for (String target : ObjectLinker.targets(definition)) {
                    dependents.computeIfAbsent(canonical(target), _ -> new LinkedHashSet<>()).add(name);
                }
            }
        });
        return dependents;
    }
}
