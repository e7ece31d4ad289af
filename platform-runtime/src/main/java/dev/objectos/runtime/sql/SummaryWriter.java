package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.SummaryGraph;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Brings the summaries of parents up to date within the transaction that changed their children: counts and sums by adding
 * differences, the others computed anew once the parent is locked. A parent's version stays as it is: those who watch it hear of
 * it, nobody else does.
 */
public final class SummaryWriter {

    /** Summaries of summaries go up level by level; records that refer to each other in a circle would never end. */
    private static final int MAX_LEVELS = 32;

    private final WriteConnection connection;
    private final Catalog catalog;
    private final Instant now;
    private final boolean told;

    /** @param told whether those who watch the parents hear of it */
    public SummaryWriter(WriteConnection connection, Catalog catalog, Instant now, boolean told) {
        this.connection = connection;
        this.catalog = catalog;
        this.now = now;
        this.told = told;
    }

    public void apply(SummaryChanges changes) throws SQLException {
        SummaryChanges pending = changes;
        for (int level = 0; !pending.isEmpty(); level++) {
            if (level == MAX_LEVELS) {
                throw new PlatformException(RuntimeError.VALIDATION_FAILED,
                        "The records refer to each other in a circle, so their summaries cannot be computed");
            }
            var above = new SummaryChanges(catalog);
            for (Map.Entry<String, Map<UUID, SummaryChanges.OfParent>> entry : pending.byParent().entrySet()) {
                apply(catalog.object(entry.getKey()).orElseThrow(), entry.getValue(), above);
            }
            pending = above;
        }
    }

    /** Computes a summary of some parents anew from all their children, and with it what is made of it further up. */
    public void recompute(SummaryGraph.Link link, Collection<UUID> parents) throws SQLException {
        var changes = new SummaryChanges(catalog);
        parents.forEach(parent -> changes.stale(link, parent));
        apply(changes);
    }

    @SuppressWarnings("NullAway") // inference loses the nullness of nested type arguments
    private void apply(ObjectDefinition parent, Map<UUID, SummaryChanges.OfParent> parents, SummaryChanges above)
            throws SQLException {
        Set<SummaryGraph.Link> added = new LinkedHashSet<>();
        Set<SummaryGraph.Link> stale = new LinkedHashSet<>();
        Set<UUID> anew = new LinkedHashSet<>();
        parents.forEach((id, of) -> {
            added.addAll(of.differences().keySet());
            of.stale().forEach(link -> {
                stale.add(link);
                anew.add(id);
            });
        });
        Set<String> fields = new LinkedHashSet<>();
        added.forEach(link -> fields.add(link.field().name()));
        stale.forEach(link -> fields.add(link.field().name()));
        boolean feeds = SummaryGraph.of(catalog).touches(parent, fields);
        Map<UUID, Map<String, @Nullable Object>> before = feeds ? stored(parent, parents.keySet()) : Map.of();
        if (!feeds && !stale.isEmpty()) {
            lock(parent, parents.keySet());
        }
        if (!added.isEmpty()) {
            add(parent, List.copyOf(added), parents);
        }
        if (!stale.isEmpty()) {
            aggregate(parent, stale, anew);
        }
        if (feeds) {
            Map<UUID, Map<String, @Nullable Object>> after = stored(parent, parents.keySet());
            before.forEach((id, row) -> above.changed(parent, row, after.get(id)));
        }
    }

    private Map<UUID, Map<String, @Nullable Object>> stored(ObjectDefinition parent, Collection<UUID> ids)
            throws SQLException {
        return StoredRecords.read(connection, catalog, parent, ids, StoredRecords.Lock.CHANGE);
    }

    private void lock(ObjectDefinition parent, Collection<UUID> ids) throws SQLException {
        PhysicalTable table = table(parent);
        var text = new WriteText();
        run(text, sql("select t.{0} from {1} as t where {2} and t.{0} = any({3}) order by t.{0} for no key update",
                id(table), at(table), StoredRecords.mine(text, table), ids(text, ids)));
    }

    private void add(ObjectDefinition parent, List<SummaryGraph.Link> links,
            Map<UUID, SummaryChanges.OfParent> parents) throws SQLException {
        PhysicalTable table = table(parent);
        var text = new WriteText();
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        parents.forEach((id, of) -> {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("id", id);
            for (int i = 0; i < links.size(); i++) {
                row.put("d" + i, of.differences().getOrDefault(links.get(i), BigDecimal.ZERO));
            }
            rows.add(row);
        });
        var columns = new ArrayList<QueryPart>();
        var sets = new ArrayList<QueryPart>();
        for (int i = 0; i < links.size(); i++) {
            PhysicalColumn column = table.column(links.get(i).field().name());
            columns.add(sql("{0} numeric", name("d" + i)));
            sets.add(sql("{0} = coalesce(t.{0}, 0) + cast(d.{1} as " + column.type().sql() + ")", name(column.name()),
                    name("d" + i)));
        }
        QueryPart held = sql("d as materialized (select * from json_to_recordset({0}) as r (id uuid, {1})), "
                + "held as materialized (select t.{2} as id from {3} as t join d on t.{2} = d.id where {4} "
                + "order by t.{2} for no key update of t), ",
                text.slot(new WriteSlot.Given(ColumnType.Base.JSONB, rows), "json"), list(columns), id(table),
                at(table), StoredRecords.mine(text, table));
        QueryPart update = sql("update {0} as t set {1} from d join held on held.id = d.id where {2} and t.{3} = d.id",
                at(table), list(sets), StoredRecords.mine(text, table), id(table));
        run(text, told(text, parent, links, held, update));
    }

    private void aggregate(ObjectDefinition parent, Collection<SummaryGraph.Link> links, Collection<UUID> ids)
            throws SQLException {
        PhysicalTable table = table(parent);
        var text = new WriteText();
        var sets = new ArrayList<QueryPart>();
        for (SummaryGraph.Link link : links) {
            sets.add(sql("{0} = {1}", name(table.column(link.field().name()).name()),
                    SummarySql.value(text, catalog, link)));
        }
        QueryPart update = sql("update {0} as t set {1} where {2} and t.{3} = any({4})", at(table), list(sets),
                StoredRecords.mine(text, table), id(table), ids(text, ids));
        run(text, told(text, parent, links, sql(""), update));
    }

    /** The update, and for whoever watches its records what it has changed about them. */
    private QueryPart told(WriteText text, ObjectDefinition parent, Collection<SummaryGraph.Link> links,
            QueryPart before, QueryPart update) {
        PhysicalTable table = table(parent);
        QueryPart change = sql("{0}change as ({1} returning {2}new.*)", before, update,
                told ? old(table, links) : sql(""));
        if (!told) {
            return sql("with {0} select change.{1} from change", change, id(table));
        }
        List<FieldDefinition> fields = links.stream().map(SummaryGraph.Link::field).toList();
        return sql("with {0}, detail as (select change.{1} as id, change.{2} as version, {3} as changes from change), "
                + "event as (insert into {4} (tenant_id, object, record_id, action, payload, version, occurred_at, actor, "
                + "origin) select {5}, {6}, d.id, {7}, d.changes, d.version, {8}, {9}, {10} from detail as d "
                + "where d.changes <> cast('{}' as jsonb)) select change.{1} from change",
                change, id(table), name(table.column(SystemFields.VERSION).name()),
                new ChangeDocument(table).updated(fields),
                name(OutboxRecorder.TABLE.schema(), OutboxRecorder.TABLE.name()),
                text.slot(new WriteSlot.Tenant(), "uuid"), DSL.inline(parent.name()),
                DSL.inline(ChangeAction.SUMMARY), text.slot(new WriteSlot.Now(), "timestamptz"),
                text.slot(new WriteSlot.Given(ColumnType.Base.UUID, connection.session().userId()), "uuid"),
                text.slot(new WriteSlot.Given(ColumnType.Base.TEXT, OutboxRecorder.origin(connection.session())),
                        "text"));
    }

    private static QueryPart old(PhysicalTable table, Collection<SummaryGraph.Link> links) {
        var columns = new ArrayList<QueryPart>();
        for (SummaryGraph.Link link : links) {
            columns.add(sql("old.{0} as {1}", name(table.column(link.field().name()).name()),
                    name(ChangeDocument.old(columns.size()))));
        }
        return sql("{0}, ", list(columns));
    }

    private void run(WriteText text, QueryPart whole) throws SQLException {
        WriteStatement statement = text.statement(whole);
        connection.rows(statement, (prepared, first) -> {
            int index = first;
            for (WriteSlot slot : statement.slots()) {
                switch (slot) {
                    case WriteSlot.Given given -> WriteValues.bind(prepared, index++, given.type(), given.value());
                    case WriteSlot.Now _ -> WriteValues.bind(prepared, index++, ColumnType.Base.TIMESTAMPTZ, now);
                    default -> prepared.setObject(index++, connection.session().tenant());
                }
            }
        }, row -> Objects.requireNonNull(row.getObject(1)));
    }

    private static QueryPart ids(WriteText text, Collection<UUID> ids) {
        return text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(ids)), "uuid[]");
    }

    private PhysicalTable table(ObjectDefinition object) {
        return PhysicalSchema.of(catalog).table(object.name());
    }

    private static QueryPart at(PhysicalTable table) {
        return name(PhysicalSchema.NAME, table.name());
    }

    private static QueryPart id(PhysicalTable table) {
        return name(table.column(SystemFields.ID).name());
    }
}
