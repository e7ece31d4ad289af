package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.util.List;

/** Writes down what triggers have decided about a change, with the change itself. */
public final class RunRecorder implements ChangeRecorder {

    private static final List<Column> COLUMNS = List.of( //
            new Column("tenant_id", Part.TENANT), //
            new Column("object", Part.OBJECT), //
            new Column("record_id", Part.RECORD), //
            new Column("action", Part.ACTION), //
            new Column("version", Part.VERSION), //
            new Column("occurred_at", Part.AT), //
            new Column("note", new Note(RunNote.KEY)));

    @Override
    public boolean records(ObjectDefinition object, Catalog catalog) {
        return Triggers.of(catalog).concern(object.name()) || Triggers.of(catalog).touch(object.name());
    }

    @Override
    public Table table() {
        return new Table("platform", "automation_note");
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }
}
