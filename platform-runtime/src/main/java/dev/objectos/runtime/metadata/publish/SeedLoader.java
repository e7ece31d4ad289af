package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.plan.RecordIds;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives a tenant the records that applications start with, each file once. Records take the same path as anybody's, with the
 * origin {@link Origin#SEED}; one that cannot be loaded is reported and keeps no other from loading.
 */
public final class SeedLoader {

    private static final int BATCH = 500;
    private static final String LOCK = "SELECT pg_advisory_lock(hashtextextended('objectos:seed', 0))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('objectos:seed', 0))";

    private final Records records;
    private final DataSource worker;
    private final Clock clock;
    private final RecordIds recordIds;

    public SeedLoader(Records records, DataSource worker, Clock clock) {
        this.records = records;
        this.worker = worker;
        this.clock = clock;
        this.recordIds = new RecordIds(clock);
    }

    /**
     * Loads what the tenant has not been given yet.
     *
     * @param wanted which data files
     * @return what could not be loaded, and why
     */
    public List<Violation> load(Catalog catalog, UUID tenant, Predicate<MetadataItem> wanted) {
        try {
            return alone(() -> new Run(catalog, tenant).load(wanted));
        } catch (SQLException e) {
            throw new PlatformException(RuntimeError.INTERNAL, "The seed records could not be loaded", e);
        }
    }

    /** Every tenant that there is, the first one first. */
    List<UUID> tenants() {
        var tenants = new ArrayList<UUID>();
        try (Connection connection = worker.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM platform.tenant ORDER BY created_at, id")) {
            while (rows.next()) {
                tenants.add(rows.getObject(1, UUID.class));
            }
        } catch (SQLException e) {
            throw new PlatformException(RuntimeError.INTERNAL, "The tenants could not be looked up", e);
        }
        return tenants;
    }

    /** While no other node loads: two that start together must not make the records twice. */
    private <T> T alone(Work<T> work) throws SQLException {
        try (Connection connection = worker.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            try {
                return work.run();
            } finally {
                statement.execute(UNLOCK);
            }
        }
    }

    /** What is done alone. */
    private interface Work<T> {

        T run() throws SQLException;
    }

    /** One load for one tenant. */
    private final class Run {

        private final Catalog catalog;
        private final Session session;
        private final SeedLedger ledger;
        private final SeedReferences references;
        private final SeedMoment moment;
        private final List<Violation> findings = new ArrayList<>();
        private final Map<SeedFile, Map<String, UUID>> found = new HashMap<>();

        Run(Catalog catalog, UUID tenant) {
            this.catalog = catalog;
            this.session = Session.system(tenant, Origin.SEED);
            this.ledger = new SeedLedger(worker, tenant);
            this.references = new SeedReferences(catalog, records, session);
            this.moment = new SeedMoment(catalog, session, clock.instant());
        }

        List<Violation> load(Predicate<MetadataItem> wanted) throws SQLException {
            var pending = new ArrayList<SeedFile>();
            for (MetadataItem item : catalog.items("data")) {
                var object = item.object() == null ? null : catalog.object(item.object()).orElse(null);
                if (object != null && wanted.test(item)) {
                    SeedFile file = SeedFile.of(item, object);
                    if (!plan(file)) {
                        pending.add(file);
                    }
                }
            }
            for (SeedFile file : SeedOrder.sort(pending)) {
                load(file);
            }
            references.postponed().forEach(this::complete);
            for (SeedFile file : pending) {
                ledger.complete(file.source(), file.object().name(), found.getOrDefault(file, Map.of()));
            }
            return findings;
        }

        /** Settles the ids of the file's records; true where they are all loaded already. */
        private boolean plan(SeedFile file) throws SQLException {
            SeedLedger.Known known = ledger.known(file.source());
            var ids = new LinkedHashMap<>(known.ids());
            var fresh = new LinkedHashMap<String, UUID>();
            for (SeedFile.Seed seed : file.seeds()) {
                ids.computeIfAbsent(seed.key(), key -> fresh.computeIfAbsent(key, _ -> recordIds.next()));
            }
            references.know(file.object().name(), ids, known.complete() ? known.ids().keySet() : Set.of());
            if (known.complete()) {
                return true;
            }
            if (!fresh.isEmpty()) {
                ledger.plan(file.source(), file.object().name(), fresh);
            }
            return false;
        }

        private void load(SeedFile file) {
            Set<UUID> present = references.present(file.object(),
                    file.seeds().stream().map(seed -> references.id(file.object().name(), seed.key())).toList());
            // A record that may turn out to be there already gets another id, which those after it must know.
            int size = file.mode() == SeedFile.Mode.INSERT ? BATCH : 1;
            var batch = new ArrayList<SeedFile.Seed>();
            for (SeedFile.Seed seed : file.seeds()) {
                if (present.contains(references.id(file.object().name(), seed.key()))) {
                    references.loaded(file.object().name(), seed.key());
                    references.revisit(file.object(), seed);
                    continue;
                }
                batch.add(seed);
                if (batch.size() == size) {
                    create(file, batch);
                    batch.clear();
                }
            }
            create(file, batch);
        }

        private void create(SeedFile file, List<SeedFile.Seed> seeds) {
            var creatable = new ArrayList<SeedFile.Seed>();
            var mutations = new ArrayList<Mutation>();
            for (SeedFile.Seed seed : seeds) {
                try {
                    mutations.add(new Mutation.Create(file.object().name(),
                            references.resolve(file.object(), moment.fix(file.object(), seed)),
                            references.id(file.object().name(), seed.key())));
                    creatable.add(seed);
                    references.loaded(file.object().name(), seed.key());
                } catch (PlatformException e) {
                    report(file, seed, e);
                }
            }
            if (mutations.isEmpty()) {
                return;
            }
            List<Outcome> outcomes = records.batch(new Batch(mutations, false, true, false), session).outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Refused refused) {
                    settle(file, creatable.get(i), (Mutation.Create) mutations.get(i), refused.reason());
                }
            }
        }

        /** A record that was refused: there already, or with values that its fields do not take. */
        private void settle(SeedFile file, SeedFile.Seed seed, Mutation.Create refused, PlatformException reason) {
            boolean taken = reason.code() == RuntimeError.UNIQUE_VIOLATION;
            try {
                if (taken && file.mode() != SeedFile.Mode.INSERT) {
                    UUID there = references.existing(file.object(), refused.values(), reason);
                    references.replace(file.object().name(), seed.key(), there);
                    found.computeIfAbsent(file, _ -> new HashMap<>()).put(seed.key(), there);
                    if (file.mode() == SeedFile.Mode.UPSERT) {
                        records.update(new Mutation.Update(file.object().name(), there, refused.values(), null),
                                session);
                    } else {
                        references.leave(file.object().name(), seed.key());
                    }
                    return;
                }
                Map<String, @Nullable Object> acceptable = withoutUnknownOptions(refused, reason);
                if (acceptable != null) {
                    records.create(new Mutation.Create(refused.object(), acceptable, refused.id()), session);
                    report(file, seed, reason, Violation.Severity.WARNING, "the value is left out");
                    return;
                }
                references.missing(file.object().name(), seed.key());
                report(file, seed, reason);
            } catch (PlatformException e) {
                references.missing(file.object().name(), seed.key());
                report(file, seed, e);
            }
        }

        /** The values without those that are no options any more; null where that is not all that is wrong. */
        private static @Nullable Map<String, @Nullable Object> withoutUnknownOptions(Mutation.Create refused,
                PlatformException reason) {
            var wrong = new HashSet<String>();
            for (FieldError error : reason.fields()) {
                if (!error.code().equals("invalid_option")) {
                    return null;
                }
                wrong.add(error.field());
            }
            if (wrong.isEmpty()) {
                return null;
            }
            var values = new LinkedHashMap<String, @Nullable Object>(refused.values());
            values.keySet().removeAll(wrong);
            return values;
        }

        /** Fills in references to records that did not exist yet. */
        private void complete(SeedReferences.Postponed postponed) {
            try {
                records.update(new Mutation.Update(postponed.object().name(),
                        references.id(postponed.object().name(), postponed.key()),
                        references.resolvePostponed(postponed), null), session);
            } catch (PlatformException e) {
                findings.add(new Violation(Violation.Severity.ERROR, postponed.where(), "data",
                        postponed.object().name(), e.message(), ""));
            }
        }

        private void report(SeedFile file, SeedFile.Seed seed, PlatformException reason) {
            report(file, seed, reason, Violation.Severity.ERROR, "the record is left out");
        }

        private void report(SeedFile file, SeedFile.Seed seed, PlatformException reason, Violation.Severity severity,
                String consequence) {
            findings.add(new Violation(severity, seed.where(), "data", file.object().name(),
                    "seed " + seed.key() + ": " + reason.message(), consequence));
        }
    }
}
