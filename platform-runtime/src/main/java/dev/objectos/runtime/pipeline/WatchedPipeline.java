package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.ShapedQuery;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.WatchedRecords;
import dev.objectos.runtime.sql.PreparedQuery;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.sql.ReadCompiler;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for watched records on the read path, with statements that are made once as its others are. */
public final class WatchedPipeline implements WatchedRecords {

    private final Catalogs catalogs;
    private final ReadPlanner planner;
    private final ReadPipeline reads;
    private final QueryExecutor executor;
    private final Clock clock;

    public WatchedPipeline(Catalogs catalogs, ReadPlanner planner, ReadPipeline reads, QueryExecutor executor,
            Clock clock) {
        this.catalogs = catalogs;
        this.planner = planner;
        this.reads = reads;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public Object sight(Query query, Session session) {
        Catalog catalog = catalogs.current();
        ShapedQuery shaped = ShapedQuery.of(query);
        Object key = planner.key(shaped.shape(), session, catalog);
        PreparedQuery prepared = PreparedQueries.of(catalog).get(key,
                () -> ReadCompiler.compile(planner.plan(key, session, catalog)));
        return prepared.personal() ? session : new Sight(key, session.zone());
    }

    @Override
    public Set<UUID> before(Query query, Collection<Earlier> records, Session session) {
        if (records.isEmpty()) {
            return Set.of();
        }
        Catalog catalog = catalogs.current();
        ShapedQuery shaped = ShapedQuery.of(query);
        Object key = planner.keyBefore(shaped.shape(), session, catalog);
        ObjectDefinition object = catalog.object(query.object()).orElseThrow();
        String rows = rows(object, PhysicalSchema.of(catalog).table(object.name()), records, session);
        return executor.marked(PreparedQueries.of(catalog)
                .get(key, () -> ReadCompiler.compile(planner.before(key, session, catalog)))
                .bind(new BindContext(ReadPlanner.valuesBefore(shaped.values(), rows), session, clock.instant())),
                session);
    }

    @Override
    public Map<UUID, Long> versions(String object, Collection<UUID> records, Session session) {
        var versions = new HashMap<UUID, Long>();
        if (records.isEmpty()) {
            return versions;
        }
        var among = new Predicate.Comparison(FieldPath.of(SystemFields.ID), Operator.IN,
                new Operand.Literals(records.stream().<Object>map(UUID::toString).toList()));
        var query = new Query(object, List.of(FieldPath.of(SystemFields.ID), FieldPath.of(SystemFields.VERSION)), among,
                List.of(), Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        Session system = Session.system(session.tenant(), session.origin());
        for (JsonNode row : JsonMapper.shared().readTree(reads.query(query, system).utf8()).path("records")) {
            versions.put(UUID.fromString(row.path(SystemFields.ID).asString()),
                    row.path(SystemFields.VERSION).asLong());
        }
        return versions;
    }

    private static String rows(ObjectDefinition object, PhysicalTable table, Collection<Earlier> records,
            Session session) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(records.size());
        for (Earlier earlier : records) {
            ObjectNode row = rows.addObject().put("id", earlier.record().toString()).put("removed", earlier.removed())
                    .putObject("row");
            earlier.values().forEach((field, value) -> {
                if (object.fields().containsKey(field) && table.columns().containsKey(field)) {
                    row.set(table.column(field).name(), value);
                }
            });
            row.put(table.column(SystemFields.ID).name(), earlier.record().toString());
            if (!table.global()) {
                row.put(SystemFields.TENANT_ID, session.tenant().toString());
            }
        }
        return rows.toString();
    }

    private record Sight(Object plan, ZoneId zone) {}
}
