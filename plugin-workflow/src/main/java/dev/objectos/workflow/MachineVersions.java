package dev.objectos.workflow;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.Workflows;
import dev.objectos.workflow.machine.Machine;
import dev.objectos.workflow.machine.Machines;
import org.jspecify.annotations.Nullable;

/**
 * Which machine a record runs by: that of the version it began with. Where the author changes a workflow and leaves its
 * version, what is published counts for all records.
 */
public final class MachineVersions {

    private final WorkflowStore store;

    public MachineVersions(WorkflowStore store) {
        this.store = store;
    }

    /**
     * The machine for a record.
     *
     * @param startedBy null: the record was there before its workflow
     * @throws PlatformException {@code RESOURCE_NOT_FOUND} where the object has no workflow; {@code INVALID_TRANSITION} where
     *         the earlier version does not fit the object any more
     */
    Machine of(Catalog catalog, ObjectDefinition object, @Nullable StartedBy startedBy) {
        Machine current = Machines.of(catalog).ofObject(object)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        object.pluralLabel() + " have no workflow").about(object.name()));
        WorkflowDefinition definition = current.workflow().definition();
        if (startedBy == null || !startedBy.workflow().equals(definition.name())
                || startedBy.version() == definition.version()) {
            return current;
        }
        MetadataItem earlier = store.definition(startedBy).orElse(null);
        if (earlier == null) {
            return current;
        }
        try {
            return Machines.of(catalog).earlier(startedBy.workflow(), startedBy.version(),
                    () -> Workflows.compile(catalog, earlier));
        } catch (IllegalArgumentException e) {
            throw Refusals.unusableVersion(startedBy, String.valueOf(e.getMessage()), object);
        }
    }
}
