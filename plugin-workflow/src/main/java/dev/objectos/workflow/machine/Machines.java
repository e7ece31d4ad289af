package dev.objectos.workflow.machine;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.workflow.definition.CompiledWorkflow;
import dev.objectos.workflow.definition.Workflows;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The machines of one catalog: those of its own workflows, and those of earlier versions that records still run by. */
public final class Machines {

    private final Workflows workflows;
    private final Map<String, Machine> current = new HashMap<>();
    private final Map<Version, Machine> earlier = new ConcurrentHashMap<>();

    private record Version(String workflow, int number) {}

    private Machines(Catalog catalog) {
        workflows = Workflows.of(catalog);
        workflows.all().forEach(workflow -> current.put(workflow.definition().object(), new Machine(workflow)));
    }

    public static Machines of(Catalog catalog) {
        return catalog.derive(Machines.class, Machines::new);
    }

    public Optional<Machine> ofObject(ObjectDefinition object) {
        return Optional.ofNullable(current.get(object.name()));
    }

    /** The machine of the workflow of that name. */
    public Optional<Machine> named(String workflow) {
        return workflows.named(workflow).map(found -> current.get(found.definition().object()));
    }

    public boolean isEmpty() {
        return workflows.isEmpty();
    }

    /** The machine of an earlier version, compiled once. */
    public Machine earlier(String workflow, int version, Supplier<CompiledWorkflow> compilation) {
        return earlier.computeIfAbsent(new Version(workflow, version), _ -> new Machine(compilation.get()));
    }
}
