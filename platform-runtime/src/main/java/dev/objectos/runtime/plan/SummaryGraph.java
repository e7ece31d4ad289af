package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which summaries of parent records depend on an object's records. */
public final class SummaryGraph {

    private final Map<String, List<Link>> byChild;

    private SummaryGraph(Map<String, List<Link>> byChild) {
        this.byChild = byChild;
    }

    public static SummaryGraph of(Catalog catalog) {
        return catalog.derive(SummaryGraph.class, SummaryGraph::read);
    }

    /** The summaries over that object's records. */
    public List<Link> over(ObjectDefinition child) {
        return byChild.getOrDefault(child.name(), List.of());
    }

    /** What a summary field is made of; empty where that was reported when the metadata was read. */
    Optional<Link> of(ObjectDefinition parent, FieldDefinition field) {
        return field.type() instanceof FieldType.Summary summary
                ? byChild.getOrDefault(summary.object(), List.of()).stream()
                        .filter(link -> link.parent().name().equals(parent.name())
                                && link.field().name().equals(field.name()))
                        .findFirst()
                : Optional.empty();
    }

    /** All summaries, each after those that its children bring along, but for circles. */
    public List<Link> inOrder() {
        var ordered = new LinkedHashSet<Link>();
        var visited = new HashSet<Link>();
        byChild.values().forEach(links -> links.forEach(link -> visit(link, visited, ordered)));
        return List.copyOf(ordered);
    }

    private void visit(Link link, Set<Link> visited, Set<Link> ordered) {
        if (visited.add(link)) {
            for (List<Link> links : byChild.values()) {
                links.stream().filter(link::isMadeOf).forEach(input -> visit(input, visited, ordered));
            }
            ordered.add(link);
        }
    }

    /** Whether a change of these fields of a record can change a summary. */
    public boolean touches(ObjectDefinition child, Collection<String> written) {
        return over(child).stream().anyMatch(link -> link.inputs().stream().anyMatch(written::contains));
    }

    /**
     * A summary and the records that it is made of.
     *
     * @param parent the object that has the summary field
     * @param field the summary field
     * @param reference the child's lookup to the parent
     * @param inputs the child's fields that decide about its part in the summary
     * @param filter which children count; null: all
     */
    public record Link(ObjectDefinition parent, FieldDefinition field, FieldType.Summary summary,
            ObjectDefinition child,
            FieldDefinition reference, @Nullable FieldDefinition summed, Set<String> inputs,
            @Nullable CompiledExpression filter) {

        public Link {
            inputs = Set.copyOf(inputs);
        }

        private boolean isMadeOf(Link other) {
            return other.parent().name().equals(child.name()) && inputs.contains(other.field().name());
        }

        /** Whether the summary can be kept by adding differences, so that no child has to be read. */
        public boolean byDifference() {
            return filter == null && switch (summary.function()) {
                case COUNT -> true;
                case SUM -> summed != null && summed.stored();
                case MIN, MAX, AVG -> false;
            };
        }
    }

    private static SummaryGraph read(Catalog catalog) {
        var byChild = new LinkedHashMap<String, List<Link>>();
        for (ObjectDefinition parent : catalog.objects()) {
            for (FieldDefinition field : parent.fields().values()) {
                if (field.type() instanceof FieldType.Summary summary) {
                    link(catalog, parent, field, summary).ifPresent(
                            link -> byChild.computeIfAbsent(link.child().name(), _ -> new ArrayList<>()).add(link));
                }
            }
        }
        return new SummaryGraph(byChild);
    }

    private static Optional<Link> link(Catalog catalog, ObjectDefinition parent, FieldDefinition field,
            FieldType.Summary summary) {
        ObjectDefinition child = catalog.object(summary.object()).orElse(null);
        FieldDefinition reference = child == null ? null : reference(catalog, child, parent, summary.reference());
        if (child == null || reference == null) {
            return Optional.empty(); // reported when the metadata was read
        }
        var expressions = Expressions.of(catalog);
        var inputs = new HashSet<String>();
        inputs.add(reference.name());
        FieldDefinition summed = summary.field() == null ? null : child.field(summary.field()).orElseThrow();
        if (summed != null) {
            inputs.add(summed.name());
            if (!summed.stored()) {
                inputs.addAll(direct(expressions.formula(child.name(), summed.name())));
            }
        }
        var filterSource = summary.filter();
        CompiledExpression filter = filterSource == null
                ? null
                : expressions.condition(filterSource, Scope.formula(child.name()));
        if (filter != null) {
            inputs.addAll(direct(filter));
        }
        return Optional.of(new Link(parent, field, summary, child, reference, summed, inputs, filter));
    }

    private static Collection<String> direct(CompiledExpression expression) {
        return expression.storedFields().stream().map(FieldPath::first).toList();
    }

    private static @Nullable FieldDefinition reference(Catalog catalog, ObjectDefinition child,
            ObjectDefinition parent, @Nullable String name) {
        if (name != null) {
            return child.fields().get(name);
        }
        for (FieldDefinition field : child.fields().values()) {
            if (!field.system() && field.type() instanceof FieldType.Reference reference
                    && Objects.equals(catalog.object(reference.target()).orElse(null), parent)) {
                return field;
            }
        }
        return null;
    }
}
