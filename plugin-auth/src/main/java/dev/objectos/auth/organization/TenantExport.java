package dev.objectos.auth.organization;

import dev.objectos.auth.tenant.Tenant;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every record of a tenant as NDJSON, page by page: first a line <code>{"organization":{…}}</code>, then a line
 * <code>{"object":"…","record":{…}}</code> for each record, as the session sees it, and last a line
 * <code>{"complete":true,"records":n}</code>, without which the export was cut off.
 */
public final class TenantExport {

    private final Records records;
    private final Catalogs catalogs;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    public TenantExport(Records records, Catalogs catalogs, Clock clock) {
        this.records = records;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    void write(Tenant tenant, Session session, OutputStream out) throws IOException {
        line(Map.of("organization",
                Map.of("id", tenant.id(), "name", tenant.name(), "slug", tenant.slug(), "exportedAt",
                        clock.instant().toString())),
                out);
        long written = 0;
        for (ObjectDefinition object : catalogs.current().objects()) {
            if (!object.global() && !object.view()) {
                written += write(object, session, out);
            }
        }
        line(Map.of("complete", true, "records", written), out);
        out.flush();
    }

    private long write(ObjectDefinition object, Session session, OutputStream out) throws IOException {
        long written = 0;
        String cursor = null;
        do {
            JsonNode page = json.readTree(records.query(page(object, cursor), session).utf8());
            for (JsonNode record : page.path("records")) {
                line(Map.of("object", object.name(), "record", record), out);
                written++;
            }
            cursor = page.path("hasMore").asBoolean(false) ? page.path("nextCursor").asString() : null;
        } while (cursor != null);
        return written;
    }

    private static Query page(ObjectDefinition object, @Nullable String cursor) {
        return new Query(object.name(), List.of(), Predicate.ALWAYS,
                List.of(new Sort(FieldPath.of(SystemFields.ID), false)), new Page(Page.MAXIMUM, null, cursor),
                List.of(),
                List.of(), List.of(), Predicate.ALWAYS, null, false);
    }

    private void line(Map<String, ?> content, OutputStream out) throws IOException {
        out.write(json.writeValueAsBytes(content));
        out.write('\n');
    }
}
