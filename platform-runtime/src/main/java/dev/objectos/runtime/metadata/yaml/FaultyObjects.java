package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.ExpressionChecker;
import dev.objectos.runtime.expression.FormulaTypes;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * Reads the files that are left out for some error once more, for what else is wrong in them: everything is told at once, and
 * nobody learns of a wrong expression only after mending a wrong key. What may follow from an error that is told already is
 * left alone.
 */
final class FaultyObjects {

    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Comparator<SourceLocation> IN_ORDER = Comparator.comparingInt(SourceLocation::line)
            .thenComparingInt(SourceLocation::column);

    private final Map<String, ObjectDefinition> sound;
    private final Violations violations;
    private final List<Violation> ofReading;
    /** By file: where its keys and those below them begin, with the name where that is a field's. */
    private final Map<String, TreeMap<SourceLocation, String>> beginnings = new HashMap<>();
    /** The beginnings of what has an error. */
    private final Set<SourceLocation> faulty = new HashSet<>();
    /** Names of fields of which it is not known what they are. */
    private final Set<String> doubtful = new HashSet<>();

    /**
     * @param sound the objects that hold together, by name
     * @param ofReading what was found before objects were linked: a field whose link does not hold can still be read
     */
    FaultyObjects(Map<String, ObjectDefinition> sound, List<Violation> ofReading, Violations violations) {
        this.sound = sound;
        this.ofReading = ofReading;
        this.violations = violations;
    }

    /** Adds what else is wrong in files with errors; no other file is found fault with. */
    void tell(Collection<ObjectDraft> drafts) {
        List<ObjectDraft> left = drafts.stream().filter(ObjectDraft::isFaulty).toList();
        if (left.isEmpty()) {
            return;
        }
        left.forEach(draft -> draft.parts().forEach(this::index));
        ofReading.forEach(this::mark);
        var more = new ArrayList<Violation>();
        var sketches = new LinkedHashMap<String, ObjectDefinition>();
        left.forEach(draft -> sketches.put(draft.name(), draft.sketch(more::add)));
        more.removeIf(finding -> faulty.contains(element(finding.where())) || isDoubtful(finding.message()));
        more.forEach(this::mark);
        more.addAll(expressions(sketches));
        more.stream().filter(finding -> violations.isBad(finding.where().file())).forEach(violations::add);
    }

    private void index(Part part) {
        var starts = beginnings.computeIfAbsent(part.label(), _ -> new TreeMap<>(IN_ORDER));
        ((Entries) part.content()).entries().forEach((key, entry) -> {
            starts.put(entry.keyWhere(), "");
            if (entry.value() instanceof Entries inner) {
                inner.entries().forEach((name, below) -> starts.put(
                        BinaryOperator.minBy(IN_ORDER).apply(below.keyWhere(), below.value().where()),
                        key.equals("fields") ? name : ""));
            }
        });
    }

    private void mark(Violation violation) {
        if (violation.isError()) {
            SourceLocation element = element(violation.where());
            faulty.add(element);
            String field = field(element);
            if (!field.isEmpty()) {
                doubtful.add(field);
            }
        }
    }

    /** The beginning of what stands at a place. */
    private SourceLocation element(SourceLocation where) {
        var starts = beginnings.get(where.file());
        SourceLocation start = starts == null ? null : starts.floorKey(where);
        return start == null ? where : start;
    }

    /** The name of the field that begins at a place, or nothing. */
    private String field(SourceLocation element) {
        var starts = beginnings.get(element.file());
        return starts == null ? "" : starts.getOrDefault(element, "");
    }

    private List<Violation> expressions(Map<String, ObjectDefinition> sketches) {
        var all = new LinkedHashMap<>(sound);
        all.putAll(sketches);
        sketches.forEach((name, sketch) -> all.put(name, resolved(sketch, all.keySet())));
        var catalog = FormulaTypes.inferred(new Catalog(0, all, ObjectAssembly.ALIASES, List.of(),
                Relationships.of(all, new Violations()), List.of()));
        return sketches.keySet().stream().flatMap(name -> catalog.object(name).stream())
                .flatMap(object -> ExpressionChecker.check(catalog, object, this::isCertain).stream()).toList();
    }

    /** The object with its links to others; without the fields whose links hold only once everything is mended. */
    private ObjectDefinition resolved(ObjectDefinition sketch, Set<String> objects) {
        ObjectDefinition linked = sound.get(sketch.name());
        var fields = new LinkedHashMap<String, FieldDefinition>();
        sketch.fields().forEach((name, field) -> {
            FieldDefinition known = linked == null ? null : linked.fields().get(name);
            FieldType type = ObjectLinker.named(field.type());
            boolean holds = !(type instanceof FieldType.Summary)
                    && type.refersTo().map(objects::contains).orElse(true);
            if (holds) {
                fields.put(name, field.withType(type));
            } else if (known != null) {
                fields.put(name, known);
            } else {
                doubtful.add(name);
            }
        });
        return sketch.withFields(fields);
    }

    private boolean isCertain(ExpressionSource expression) {
        SourceLocation element = element(expression.where());
        return !isDoubtful(expression.text()) && (!faulty.contains(element) || !field(element).isEmpty());
    }

    private boolean isDoubtful(String text) {
        return WORD.matcher(text).results().anyMatch(word -> doubtful.contains(word.group()));
    }
}
