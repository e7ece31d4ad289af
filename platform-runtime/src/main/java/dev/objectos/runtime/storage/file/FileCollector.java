package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files that no record holds, in batches, beside running work and other nodes: each file is looked at again after the
 * time that an orphan is given. A record in the recycle bin holds its files. Bytes that no file has are removed too.
 */
public final class FileCollector {

    private static final Logger LOG = LoggerFactory.getLogger(FileCollector.class);

    private static final String TAKE = """
            UPDATE platform.file SET checked_at = now() WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM platform.file WHERE checked_at <= now() - cast({0} AS interval)
                ORDER BY checked_at LIMIT {1} FOR UPDATE SKIP LOCKED))
            RETURNING tenant_id, id""";

    private static final String USES = """
            SELECT tenant_id, file_id, object, record_id, field FROM platform.file_use WHERE file_id = ANY ({0})""";

    private static final String BINNED = """
            SELECT u.tenant_id, u.file_id, u.object, u.record_id, u.field FROM platform.file_use AS u
            JOIN platform.recycle_bin AS b ON b.tenant_id = u.tenant_id AND b.object = u.object
                AND b.record_id = u.record_id
            WHERE u.file_id = ANY ({0})""";

    private static final String HELD = """
            SELECT u.tenant_id, u.file_id, u.object, u.record_id, u.field FROM platform.file_use AS u
            JOIN {0} AS t ON {1} AND t.{2} = u.record_id AND {3}
            WHERE u.file_id = ANY ({4}) AND u.object = {5} AND u.field = {6}""";

    private static final String FORGET = """
            DELETE FROM platform.file_use WHERE tenant_id = {0} AND file_id = {1} AND object = {2} AND record_id = {3}
                AND field = {4}""";

    private static final String REMOVE = """
            WITH removed AS (
                UPDATE platform.file AS f SET state = 'removed' WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM platform.file AS f WHERE f.id = ANY ({0}) AND f.state <> 'removed'
                        AND coalesce(f.stored_at, f.created_at) <= now() - cast({1} AS interval)
                        AND NOT EXISTS (SELECT FROM platform.file_use AS u
                            WHERE u.tenant_id = f.tenant_id AND u.file_id = f.id)
                    FOR UPDATE SKIP LOCKED))
                RETURNING f.tenant_id, f.size),
            counted AS (SELECT tenant_id, count(*) AS files, sum(size) AS bytes FROM removed GROUP BY tenant_id)
            UPDATE platform.file_usage AS u SET files = u.files - c.files, bytes = u.bytes - c.bytes
            FROM counted AS c WHERE u.tenant_id = c.tenant_id""";

    private static final String GONE = "SELECT " + FileRow.COLUMNS
            + " FROM platform.file WHERE id = ANY ({0}) AND state = 'removed'";

    private static final String PARTS = "SELECT part FROM platform.file_part WHERE tenant_id = {0} AND file_id = {1}";

    private static final String FORGET_FILE = """
            DELETE FROM platform.file WHERE tenant_id = {0} AND id = {1} AND state = 'removed'""";

    private static final String KNOWN = """
            SELECT id::text AS id, store, blob, state FROM platform.file WHERE id = ANY (cast({0} AS uuid[]))""";

    private static final int TOGETHER = 500;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int ID_LENGTH = 36;

    private final DSLContext worker;
    private final FileStores stores;
    private final Supplier<Catalog> catalogs;
    private final FileProperties settings;
    private final Rounds rounds = new Rounds("objectos-file-collector", Rests.of(PAUSE),
            "Files that nobody holds could not be removed", this::round);
    private long swept = System.nanoTime();

    /** @param worker connections of the role that does the platform's own work */
    public FileCollector(DataSource worker, FileStores stores, Supplier<Catalog> catalogs, FileProperties settings) {
        this.worker = DSL.using(worker, SQLDialect.POSTGRES);
        this.stores = stores;
        this.catalogs = catalogs;
        this.settings = settings;
    }

    /** A record that was given a file. */
    private record Use(UUID tenant, UUID file, String object, UUID record, String field) {

        static Use of(Record row) {
            return new Use(row.get("tenant_id", UUID.class), row.get("file_id", UUID.class),
                    row.get("object", String.class), row.get("record_id", UUID.class),
                    row.get("field", String.class));
        }
    }

    public void start() {
        rounds.start();
    }

    private void round() throws IOException {
        collect();
        if (settings.move()) {
            move();
        }
        if (System.nanoTime() - swept > settings.orphanAge().toNanos()) {
            swept = System.nanoTime();
            sweep();
        }
    }

    /** Everything that nobody has held for long enough by now. @return how many files */
    public int collect() {
        int removed = 0;
        int looked;
        do {
            Map<UUID, List<UUID>> taken = worker
                    .resultQuery(TAKE, DSL.val(settings.orphanAge().toString()), DSL.val(TOGETHER))
                    .fetchGroups(row -> row.get("tenant_id", UUID.class), row -> row.get("id", UUID.class));
            looked = taken.values().stream().mapToInt(List::size).sum();
            for (Map.Entry<UUID, List<UUID>> entry : taken.entrySet()) {
                UUID[] ids = entry.getValue().toArray(UUID[]::new);
                forgetUnheld(entry.getKey(), ids);
                removed += removeGone(ids);
            }
        } while (looked == TOGETHER && !rounds.isEnding());
        return removed;
    }

    /** Takes files of other stores to the one for new files. @return how many */
    public int move() throws IOException {
        int moved = new FileMover(worker, stores).move(rounds::isEnding);
        if (moved > 0) {
            LOG.info("{} files were moved to the store '{}'", moved, stores.forNew());
        }
        return moved;
    }

    /** Bytes of which the database knows nothing, left behind by a crash. @return how many were removed */
    public int sweep() throws IOException {
        int removed = 0;
        for (FileStore store : stores.all()) {
            store.abandon(settings.orphanAge());
            try (Stream<String> keys = store.unchangedFor(settings.orphanAge())) {
                var some = new ArrayList<String>();
                for (String key : (Iterable<String>) keys::iterator) {
                    some.add(key);
                    if (some.size() == TOGETHER) {
                        removed += sweep(store, some);
                        some.clear();
                    }
                }
                removed += sweep(store, some);
            }
        }
        return removed;
    }

    private int sweep(FileStore store, List<String> keys) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String key : keys) {
            String name = key.substring(key.lastIndexOf('/') + 1);
            files.put(key, name.length() < ID_LENGTH ? "" : name.substring(0, ID_LENGTH));
        }
        var known = new HashMap<String, Record>();
        String[] ids = files.values().stream()
                .filter(dev.objectos.runtime.metadata.FieldValues::isId).distinct().toArray(String[]::new);
        worker.resultQuery(KNOWN, DSL.val(ids)).fetch().forEach(row -> known.put(row.get("id", String.class), row));
        int removed = 0;
        for (Map.Entry<String, String> entry : files.entrySet()) {
            @Nullable
            Record file = known.get(entry.getValue());
            boolean needed = file != null && store.name().equals(file.get("store", String.class))
                    && (entry.getKey().equals(file.get("blob", String.class))
                            || "announced".equals(file.get("state", String.class)));
            if (!needed) {
                store.remove(entry.getKey());
                removed++;
            }
        }
        return removed;
    }

    /** Records are seen within their tenant alone, by the worker too. */
    private void forgetUnheld(UUID tenant, UUID[] files) {
        worker.transaction(configuration -> {
            DSLContext here = configuration.dsl();
            here.execute("SELECT set_config('app.tenant', {0}, true)", DSL.val(tenant.toString()));
            forgetUses(here, files);
            here.execute(REMOVE, DSL.val(files), DSL.val(settings.orphanAge().toString()));
        });
    }

    /** Only what is certain: a use of an object or a field that is not there at the moment is kept. */
    private void forgetUses(DSLContext sql, UUID[] files) {
        List<Use> uses = sql.resultQuery(USES, DSL.val(files)).fetch(Use::of);
        if (uses.isEmpty()) {
            return;
        }
        Set<Use> held = new HashSet<>(sql.resultQuery(BINNED, DSL.val(files)).fetch(Use::of));
        Catalog catalog = catalogs.get();
        var byField = new LinkedHashMap<String, Use>();
        uses.forEach(use -> byField.putIfAbsent(use.object() + "." + use.field(), use));
        var unknown = new HashSet<String>();
        byField.forEach((name, use) -> {
            Optional<ObjectDefinition> object = catalog.object(use.object());
            Optional<FieldDefinition> field = object.stream().flatMap(of -> of.fields().values().stream())
                    .filter(one -> one.id().equals(use.field())).findFirst();
            if (field.isPresent()) {
                held.addAll(holding(sql, object.orElseThrow(), field.get(), files));
            } else {
                unknown.add(name);
            }
        });
        for (Use use : uses) {
            if (!held.contains(use) && !unknown.contains(use.object() + "." + use.field())) {
                sql.execute(FORGET, DSL.val(use.tenant()), DSL.val(use.file()), DSL.val(use.object()),
                        DSL.val(use.record()), DSL.val(use.field()));
            }
        }
    }

    private List<Use> holding(DSLContext sql, ObjectDefinition object, FieldDefinition field, UUID[] files) {
        PhysicalTable table = PhysicalSchema.of(catalogs.get()).table(object.name());
        PhysicalColumn column = table.column(field.name());
        String holds = column.type().sql().endsWith("[]")
                ? "u.file_id::text = ANY (t.{0})"
                : "t.{0} = u.file_id::text";
        return sql.resultQuery(HELD, DSL.table(DSL.name(PhysicalSchema.NAME, table.name())),
                DSL.condition(table.global() ? "true" : "t.tenant_id = u.tenant_id"),
                DSL.name(table.column("id").name()), DSL.condition(holds, DSL.name(column.name())), DSL.val(files),
                DSL.val(object.name()), DSL.val(field.id())).fetch(Use::of);
    }

    /** The row goes last, so that a crash forgets nothing. */
    private int removeGone(UUID[] ids) {
        int removed = 0;
        for (FileRow file : worker.resultQuery(GONE, DSL.val(ids)).fetch(FileRow::of)) {
            try {
                removeBytes(file);
            } catch (PlatformException _) {
                continue; // its store has said why, and is asked again
            }
            worker.execute(FORGET_FILE, DSL.val(file.tenant()), DSL.val(file.id()));
            removed++;
        }
        return removed;
    }

    private void removeBytes(FileRow file) {
        if (file.blob() != null) {
            stores.remove(file.store(), Objects.requireNonNull(file.blob()));
        }
        for (Integer part : worker.resultQuery(PARTS, DSL.val(file.tenant()), DSL.val(file.id()))
                .fetch(row -> row.get("part", Integer.class))) {
            stores.remove(file.store(), file.partKey(part));
        }
    }

    public void stop() {
        rounds.close();
    }
}
