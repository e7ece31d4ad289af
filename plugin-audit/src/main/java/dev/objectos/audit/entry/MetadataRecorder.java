package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import dev.objectos.runtime.spi.MetadataListener;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Writes down who edits metadata, in the transaction in which it is kept. */
public final class MetadataRecorder implements MetadataListener {

    private final EntryStore entries;
    private final Retention retention;

    public MetadataRecorder(EntryStore entries, Retention retention) {
        this.entries = entries;
        this.retention = retention;
    }

    @Override
    public void saved(Version version, @Nullable Catalog serving, Session session) {
        RequestOrigin place = RequestOrigin.current();
        var details = new LinkedHashMap<String, Object>();
        details.put("type", version.item().type());
        details.put("name", version.item().name());
        details.put("version", version.version());
        details.put("plan", version.plan());
        if (serving != null) {
            details.put("catalog", serving.version());
        }
        if (version.comment() != null) {
            details.put("comment", version.comment());
        }
        entries.add(new NewEntry(version.publishedAt() == null ? version.at() : version.publishedAt(),
                "metadata." + version.state().word(), "metadata", null, session.userId(),
                AuditRecorder.impersonator(session), session.tenant(), place.ipAddress(), place.userAgent(),
                place.requestId(), AuditRecorder.origin(session), details), retention.days(session.tenant()));
    }
}
