package dev.objectos.workflow;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeRecorder;
import dev.objectos.workflow.machine.Machines;
import java.util.List;

/** Writes down, in the statement that changes a record, what its workflow has to do with it. */
public final class WorkflowRecorders {

    /** What a record begins by. */
    static final String STARTED = "workflow.started";

    /** Which transition it takes. */
    static final String TAKEN = "workflow.taken";

    private static final String SCHEMA = "platform";

    private WorkflowRecorders() {}

    /** One row for each new record of an object with a workflow. */
    public static ChangeRecorder instances() {
        return new OfWorkflows("workflow_instance", List.of( //
                new ChangeRecorder.Column("tenant_id", ChangeRecorder.Part.TENANT), //
                new ChangeRecorder.Column("object", ChangeRecorder.Part.OBJECT), //
                new ChangeRecorder.Column("record_id", ChangeRecorder.Part.RECORD), //
                new ChangeRecorder.Column("started_at", ChangeRecorder.Part.AT), //
                new ChangeRecorder.Column("entry", new ChangeRecorder.Note(STARTED))));
    }

    /** One row for each transition. */
    public static ChangeRecorder history() {
        return new OfWorkflows("workflow_history", List.of( //
                new ChangeRecorder.Column("tenant_id", ChangeRecorder.Part.TENANT), //
                new ChangeRecorder.Column("object", ChangeRecorder.Part.OBJECT), //
                new ChangeRecorder.Column("record_id", ChangeRecorder.Part.RECORD), //
                new ChangeRecorder.Column("record_version", ChangeRecorder.Part.VERSION), //
                new ChangeRecorder.Column("at", ChangeRecorder.Part.AT), //
                new ChangeRecorder.Column("actor", new ChangeRecorder.FromSession("uuid", Session::userId)), //
                new ChangeRecorder.Column("entry", new ChangeRecorder.Note(TAKEN))));
    }

    /** Records changes of objects that have a workflow, where something was noted. */
    private record OfWorkflows(String name, List<Column> columns) implements ChangeRecorder {

        @Override
        public boolean records(ObjectDefinition object, Catalog catalog) {
            return Machines.of(catalog).ofObject(object).isPresent();
        }

        @Override
        public Table table() {
            return new Table(SCHEMA, name);
        }
    }
}
