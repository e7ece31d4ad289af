package dev.objectos.runtime.sql;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.util.List;
import java.util.Locale;

/** Adds an event for each change to the outbox, from which everything that follows from a change is driven. */
public final class OutboxRecorder implements ChangeRecorder {

    static final Table TABLE = new Table("platform", "outbox");

    private static final List<Column> COLUMNS = List.of( //
            new Column("tenant_id", Part.TENANT), //
            new Column("object", Part.OBJECT), //
            new Column("record_id", Part.RECORD), //
            new Column("action", Part.ACTION), //
            new Column("payload", Part.CHANGES), //
            new Column("version", Part.VERSION), //
            new Column("occurred_at", Part.AT), //
            new Column("actor", new FromSession("uuid", Session::userId)), //
            new Column("origin",
                    new FromSession("text", OutboxRecorder::origin)));

    static String origin(Session session) {
        return session.origin().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }
}
