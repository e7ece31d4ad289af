package dev.objectos.workflow.definition;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state machines of one catalog: one for each object that has any. */
public final class Workflows {

    /** The metadata type of workflows. */
    public static final String TYPE = "workflow";

    private final Map<String, CompiledWorkflow> byObject = new LinkedHashMap<>();
    private final Map<String, CompiledWorkflow> byName = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Workflows(Catalog catalog) {
        for (MetadataItem item : catalog.items(TYPE)) {
            if (DefinitionReader.isStateMachine(item)) {
                add(catalog, item);
            }
        }
    }

    private void add(Catalog catalog, MetadataItem item) {
        var problems = new ItemProblems(item);
        CompiledWorkflow workflow = WorkflowCompiler.compile(catalog, item, problems);
        if (workflow != null) {
            CompiledWorkflow other = byObject.get(workflow.definition().object());
            if (other == null) {
                byObject.put(workflow.definition().object(), workflow);
                byName.put(workflow.definition().name(), workflow);
            } else {
                problems.error(item.source(), item.object() + " has a state machine already: '"
                        + other.definition().name() + "' in " + other.definition().source().file(),
                        "join them, or write active: false in one of them");
            }
        }
        violations.addAll(problems.found());
    }

    public static Workflows of(Catalog catalog) {
        return catalog.derive(Workflows.class, Workflows::new);
    }

    /**
     * A definition that is not, or no longer, in the catalog, compiled against it.
     *
     * @throws IllegalArgumentException where it does not fit the catalog; the message says why, for people
     */
    public static CompiledWorkflow compile(Catalog catalog, MetadataItem item) {
        var problems = new ItemProblems(item);
        CompiledWorkflow compiled = WorkflowCompiler.compile(catalog, item, problems);
        if (compiled == null) {
            throw new IllegalArgumentException(problems.found().stream().filter(Violation::isError)
                    .map(Violation::message).findFirst().orElse("it has no states"));
        }
        return compiled;
    }

    /** The one that records of an object run through. */
    public Optional<CompiledWorkflow> ofObject(ObjectDefinition object) {
        return Optional.ofNullable(byObject.get(object.name()));
    }

    public Optional<CompiledWorkflow> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<CompiledWorkflow> all() {
        return Collections.unmodifiableCollection(byObject.values());
    }

    public boolean isEmpty() {
        return byObject.isEmpty();
    }

    /** What is wrong or doubtful; those with an error are not among the others. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }
}
