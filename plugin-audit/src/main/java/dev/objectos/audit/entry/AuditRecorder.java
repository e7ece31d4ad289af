package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes an entry for each changed record, in the statement that changes it. */
public final class AuditRecorder implements ChangeRecorder {

    private final Retention retention;
    private final List<Column> columns;

    public AuditRecorder(Retention retention) {
        this.retention = retention;
        this.columns = List.of( //
                new Column("tenant_id", Part.TENANT), //
                new Column("keep_days", new FromObject((object, catalog) -> new FromSession("integer",
                        session -> (long) retention.days(object, catalog, session.tenant())))), //
                new Column("at", Part.AT), //
                new Column("action", Part.ACTION), //
                new Column("object", Part.OBJECT), //
                new Column("record_id", Part.RECORD), //
                new Column("version", Part.VERSION), //
                new Column("changes", Part.CHANGES), //
                new Column("user_id", new FromSession("uuid", Session::userId)), //
                new Column("impersonator_id", new FromSession("uuid", AuditRecorder::impersonator)), //
                new Column("origin", new FromSession("text", AuditRecorder::origin)), //
                new Column("ip", new FromSession("text", _ -> RequestOrigin.current().ipAddress())), //
                new Column("user_agent", new FromSession("text", _ -> RequestOrigin.current().userAgent())), //
                new Column("request_id", new FromSession("text", _ -> RequestOrigin.current().requestId())));
    }

    @Override
    public boolean records(ObjectDefinition object, Catalog catalog) {
        return retention.recorded(object, catalog);
    }

    @Override
    public Table table() {
        return new Table("platform", "audit_entry");
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    static @Nullable UUID impersonator(Session session) {
        UserIdentity impersonator = session.impersonator();
        return impersonator == null ? null : impersonator.id();
    }

    /** The word for the door through which an action came. */
    static String origin(Session session) {
        return session.origin().name().toLowerCase(Locale.ROOT);
    }
}
