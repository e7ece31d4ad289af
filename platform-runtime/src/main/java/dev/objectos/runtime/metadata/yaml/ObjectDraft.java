package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An object while it is put together from its files; files with errors drop out, and the object with the first. */
final class ObjectDraft {

    private final String name;
    private final List<Part> parts;
    private final Violations violations;
    private @Nullable Entries merged;
    private @Nullable ObjectDefinition definition;

    /**
     * @param parts object files and validation files of the object
     */
    ObjectDraft(String name, List<Part> parts, Violations violations) {
        this.name = name;
        this.violations = violations;
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(Part::order).thenComparing(part -> part.kind() != MetadataKind.OBJECT)
                        .thenComparing(this::extending)
                        .thenComparing(part -> !part.located().stem().equals(name)))
                .toList();
    }

    /** Whether a file says of itself that it only adds to what another one defines. */
    private boolean extending(Part part) {
        String base = part.content() instanceof Entries content ? content.text("extends") : null;
        return base != null && ObjectAssembly.canonical(base).equals(name);
    }

    String name() {
        return name;
    }

    List<Part> parts() {
        return parts;
    }

    @Nullable
    ObjectDefinition definition() {
        return definition;
    }

    /** What the good files say together. */
    Entries merged() {
        return merged == null ? Entries.empty(parts.getFirst().top()) : merged;
    }

    Findings findings() {
        return violations.findings(MetadataKind.OBJECT.type(), name);
    }

    /** Puts the good files together, without those that this shows to be bad. */
    void build() {
        while (true) {
            definition = null;
            merged = null;
            List<Part> good = sinceReplacement(
                    parts.stream().filter(part -> !violations.isBad(part.label())).toList());
            if (good.isEmpty() || !(good.getFirst().equals(parts.getFirst()) || replaces(good.getFirst()))) {
                return;
            }
            if (parts.getFirst().plugin().equals(MetadataSource.TENANT)) {
                findings().error(parts.getFirst().top(), "there is no object '" + name + "' to add fields to", "");
                return;
            }
            if (extending(parts.getFirst())) {
                findings().error(((Entries) parts.getFirst().content()).valueWhere("extends"),
                        "there is no object '" + name + "' to add to",
                        "name one that there is, or define it with name: " + name);
                return;
            }
            int before = violations.badFiles();
            var together = merge(good, findings());
            merged = together;
            var source = good.getFirst().content().where();
            if (!new ReservedNames(findings()).allowsObject(name, owner(),
                    together.has("name") ? together.valueWhere("name") : good.getFirst().top())) {
                return;
            }
            checkView(good);
            ObjectDefinition built = new ObjectReader(findings()).read(name, owner(), together, source);
            if (violations.badFiles() == before) {
                definition = built;
                return;
            }
        }
    }

    /** Whether some of its files have errors and all of them can be read, the one that defines it among them. */
    boolean isFaulty() {
        return parts.stream().anyMatch(part -> violations.isBad(part.label()))
                && parts.stream().noneMatch(part -> ((Entries) part.content()).entries().isEmpty())
                && !extending(parts.getFirst()) && !parts.getFirst().plugin().equals(MetadataSource.TENANT);
    }

    /** What all the files say together, good and bad, as far as it is right. */
    ObjectDefinition sketch(Consumer<Violation> told) {
        var findings = new Findings(MetadataKind.OBJECT.type(), name, told);
        List<Part> all = sinceReplacement(parts);
        return new ObjectReader(findings).read(name, owner(), merge(all, findings),
                all.getFirst().content().where());
    }

    /** Who defines the object, and not who has replaced its definition. */
    private String owner() {
        return parts.getFirst().plugin();
    }

    /** What an administrator has edited stands for everything before it, unless it only adds; users stay the platform's. */
    private List<Part> sinceReplacement(List<Part> good) {
        for (int i = good.size() - 1; i > 0; i--) {
            if (replaces(good.get(i))) {
                var kept = new ArrayList<Part>();
                good.subList(0, i).stream().filter(part -> part.plugin().equals(CatalogLoader.RUNTIME))
                        .forEach(kept::add);
                kept.addAll(good.subList(i, good.size()));
                return kept;
            }
        }
        return good;
    }

    private boolean replaces(Part part) {
        return part.plugin().equals(MetadataSource.EDITED) && part.kind() == MetadataKind.OBJECT
                && part.content() instanceof Entries content && !content.has("extends");
    }

    /** A view has the columns that its plugin has made, and nobody turns a table into one. */
    private void checkView(List<Part> good) {
        Entries first = (Entries) good.getFirst().content();
        boolean view = first.flag("view");
        if (!good.getFirst().equals(parts.getFirst()) && parts.getFirst().content() instanceof Entries own
                && own.flag("view")) {
            findings().error(good.getFirst().top(),
                    "'" + name + "' shows what the platform stores, and is not replaced",
                    "add to it with extends: " + name);
        }
        if (view && (parts.getFirst().layer() > 0 || !name.startsWith("_"))) {
            findings().error(first.keyWhere("view"),
                    "only plugins show as records what is stored otherwise, by objects whose names begin with _",
                    "remove it");
        }
        for (Part part : good.subList(1, good.size())) {
            Entries content = (Entries) part.content();
            if (content.flag("view") != view && content.has("view")) {
                findings().error(content.keyWhere("view"),
                        "whether '" + name + "' is a view was said where it is defined",
                        "remove it");
            } else if (view && content.has("fields")) {
                findings().error(content.keyWhere("fields"),
                        "'" + name + "' shows what the platform stores, which has no "
                                + "further fields",
                        "remove them");
            }
        }
    }

    void leaveOut() {
        definition = null;
    }

    private Entries merge(List<Part> together, Findings findings) {
        Entries first = (Entries) together.getFirst().content();
        UserMerge users = name.equals(Catalog.USER) ? new UserMerge(first, findings) : null;
        Entries merged = first;
        for (Part part : together.subList(1, together.size())) {
            Entries content = (Entries) part.content();
            if (part.plugin().equals(MetadataSource.TENANT)) {
                merged = new TenantFields(merged, findings).add(part);
                continue;
            }
            Entries addition = part.kind() == MetadataKind.VALIDATION ? onlyRules(content) : content;
            checkEmptyFields(merged, addition, findings);
            merged = users == null ? ObjectMerge.add(merged, addition) : users.add(merged, addition);
        }
        return merged;
    }

    /** {@code category: null} takes no field away, although it looks as if. */
    private static void checkEmptyFields(Entries earlier, Entries addition, Findings findings) {
        Entries before = earlier.map("fields");
        Entries fields = addition.map("fields");
        if (before != null && fields != null) {
            fields.entries().forEach((field, entry) -> {
                if (before.has(field) && entry.value() instanceof Entries said && said.entries().isEmpty()) {
                    findings.warning(entry.keyWhere(), "nothing is said of '" + field
                            + "', which another file defines; it stays as it is",
                            "write hidden: true below it, or remove the field where it is defined");
                }
            });
        }
    }

    private static Entries onlyRules(Entries file) {
        var rules = file.entries().get("validations");
        return rules == null ? Entries.empty(file.where()) : Entries.empty(file.where()).with("validations", rules);
    }
}
