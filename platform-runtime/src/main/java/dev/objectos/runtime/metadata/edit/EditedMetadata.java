package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.database.NodeLock;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.publish.EditedLayer;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.Prospect;
import dev.objectos.runtime.schema.Removal;
import dev.objectos.runtime.schema.Removals;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.schema.ServingNodes;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.MetadataEditing.Outcome;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import dev.objectos.runtime.spi.MetadataListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Publishes what administrators edit, keeps it in the database, and follows what they do on other nodes. */
public final class EditedMetadata {

    private static final long LOCK = 0x6f626a656d657461L;
    private static final String DATA = "data";

    private final MetadataPublisher publisher;
    private final EditedLayer layer;
    private final Catalogs catalogs;
    private final Runnable seeds;
    private final VersionStore store;
    private final NodeLock lock;
    private final List<MetadataListener> listeners;
    private final Clock clock;
    private final UUID node = UUID.randomUUID();
    private final ServingNodes nodes;
    private volatile Decisions standing = Decisions.NONE;
    private long followed;

    /**
     * @param seeds loads the records that data files bring and that are not there yet
     * @param direct connections past any pool
     * @param listeners told of every version before it counts
     */
    public EditedMetadata(MetadataPublisher publisher, EditedLayer layer, Catalogs catalogs, SchemaPublisher schema,
            Runnable seeds, VersionStore store, DataSource direct, List<MetadataListener> listeners, Clock clock) {
        this(publisher, layer, catalogs, schema, seeds, store, direct, listeners, clock, ServingNodes.UNDER_WAY);
    }

    EditedMetadata(MetadataPublisher publisher, EditedLayer layer, Catalogs catalogs, SchemaPublisher schema,
            Runnable seeds, VersionStore store, DataSource direct, List<MetadataListener> listeners, Clock clock,
            Duration underWay) {
        this.publisher = publisher;
        this.layer = layer;
        this.catalogs = catalogs;
        this.seeds = seeds;
        this.store = store;
        this.lock = new NodeLock(direct, LOCK, "metadata");
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.nodes = new ServingNodes(store.worker(), schema, node, underWay);
    }

    /** What is kept, as layers of a catalog, where no server runs. */
    public static List<MetadataSource> kept(VersionStore store) {
        return Decisions.of(store.decided()).sources();
    }

    /** What this node goes by, for others to tell it apart. */
    String node() {
        return node.toString();
    }

    /** Which version of each item serves here. */
    Decisions standing() {
        return standing;
    }

    /** Has the first publish take what is kept. */
    public synchronized void open() {
        followed = store.seq();
        standing = Decisions.of(store.decided());
        layer.replace(standing.sources());
        standing.earlier().forEach(publisher::recall);
        nodes.arrive();
    }

    /** Publishes here what was decided on another node; whether there was something. */
    public synchronized boolean follow() {
        long latest = store.seq();
        if (latest == followed) {
            return false;
        }
        Decisions next = Decisions.of(store.decided());
        boolean changed = !next.equals(standing);
        if (changed) {
            layer.replace(next.sources());
            next.earlier().forEach(publisher::recall);
            publisher.publish();
            standing = next;
        }
        followed = latest;
        return changed;
    }

    /** Says what serves here, and has what was given up go for good once nobody works with it on any node. */
    public void tidy() {
        nodes.tidy(publisher.settled());
    }

    /** Serves no more, so that others need not wait for this node. */
    void leave() {
        nodes.leave();
    }

    /** Publishes some edits together; nobody else decides meanwhile, and they are chosen by what others have decided. */
    synchronized Outcome decide(Function<Decisions, List<Edit>> chosen, Options options, Session session) {
        return lock.alone(() -> {
            follow();
            List<Edit> edits = chosen.apply(standing).stream()
                    .map(edit -> edit.version() > 0 ? edit : edit.numbered(store.nextVersion(edit.item()))).toList();
            if (edits.isEmpty()) {
                return new Outcome(List.of(), List.of(), List.of(), List.of());
            }
            Decisions next = standing.with(edits);
            Prospect prospect = publisher.prospect(layer, next.sources(), Edit.labels(edits)::contains);
            new Admission(prospect, edits, options.force()).check(catalogs.current());
            List<String> plan = prospect.plan().describe();
            var author = new Author(session, options.comment(), clock.instant());
            List<Version> saved = edits.stream()
                    .map(edit -> author.deciding(edit, standing.decided(edit.item()), plan)).toList();
            if (!options.dryRun()) {
                saved = publish(saved, edits, next, prospect, options, session);
            }
            return Admission.outcome(saved, prospect, edits);
        });
    }

    private List<Version> publish(List<Version> saved, List<Edit> edits, Decisions next, Prospect prospect,
            Options options, Session session) {
        var kept = new ArrayList<Version>();
        publisher.publish(layer, next.sources(), options.force(),
                serving -> kept.addAll(keep(saved, edits, Removal.of(prospect.plan()), serving, session)));
        standing = next;
        followed = kept.getLast().seq();
        if (edits.stream().anyMatch(edit -> edit.item().type().equals(DATA))) {
            seeds.run();
        }
        return kept;
    }

    private List<Version> keep(List<Version> saved, List<Edit> edits, List<Removal> removals, Catalog serving,
            Session session) {
        return store.inTransaction(connection -> {
            var kept = new ArrayList<Version>();
            for (int i = 0; i < saved.size(); i++) {
                Version version = switch (edits.get(i).draft()) {
                    case NONE -> VersionStore.add(connection, saved.get(i));
                    case CURRENT -> VersionStore.promote(connection, saved.get(i), session.userId());
                    case OUTDATED -> {
                        VersionStore.discardDraft(connection, saved.get(i).item());
                        yield VersionStore.add(connection, saved.get(i));
                    }
                };
                listeners.forEach(listener -> listener.saved(version, serving, session));
                kept.add(version);
            }
            Removals.add(connection, removals);
            VersionStore.tell(connection, node.toString());
            return kept;
        });
    }

    /** Keeps a draft, whatever is wrong with it. */
    synchronized Outcome keepAside(Function<Decisions, Edit> chosen, Options options, Session session) {
        return lock.alone(() -> {
            follow();
            Edit written = chosen.apply(standing);
            ItemKey item = written.item();
            List<Edit> edits = List.of(written.numbered(store.nextVersion(item)));
            Prospect prospect = publisher.prospect(layer, standing.with(edits).sources(),
                    Edit.labels(edits)::contains);
            Version draft = new Author(session, options.comment(), clock.instant()).drafting(edits.getFirst(),
                    standing.decided(item));
            return Admission.outcome(List.of(options.dryRun() ? draft : keep(draft, session)), prospect, edits);
        });
    }

    private Version keep(Version draft, Session session) {
        return store.inTransaction(connection -> {
            Version kept = VersionStore.add(connection, draft);
            listeners.forEach(listener -> listener.saved(kept, null, session));
            return kept;
        });
    }

    /** Gives a draft up. */
    Outcome giveUp(Supplier<Version> chosen, Options options, Session session) {
        return lock.alone(() -> {
            Version draft = chosen.get();
            Version given = new Version(draft.item(), draft.version(), draft.seq(), State.DISCARDED, draft.base(),
                    draft.content(), draft.comment(), List.of(), draft.author(), draft.authorName(), draft.at(), null);
            if (!options.dryRun()) {
                store.inTransaction(connection -> {
                    VersionStore.discardDraft(connection, draft.item());
                    listeners.forEach(listener -> listener.saved(given, null, session));
                    return given;
                });
            }
            return new Outcome(List.of(given), List.of(), List.of(), List.of());
        });
    }
}
