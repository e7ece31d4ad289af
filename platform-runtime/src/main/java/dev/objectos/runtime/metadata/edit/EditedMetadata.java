package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.NodeLock;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.publish.EditedLayer;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.Prospect;
import dev.objectos.runtime.metadata.yaml.ItemFiles;
import dev.objectos.runtime.metadata.yaml.YamlWriter;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataListener;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Publishes what administrators edit, keeps it in the database, and follows what they do on other nodes. */
public final class EditedMetadata implements MetadataEditing {

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
    private final String node = UUID.randomUUID().toString();
    private Decisions standing = Decisions.NONE;
    private long followed;

    /**
     * @param seeds loads the records that data files bring and that are not there yet
     * @param direct connections past any pool
     * @param listeners told of every version before it counts
     */
    public EditedMetadata(MetadataPublisher publisher, EditedLayer layer, Catalogs catalogs, Runnable seeds,
            VersionStore store, DataSource direct, List<MetadataListener> listeners, Clock clock) {
        this.publisher = publisher;
        this.layer = layer;
        this.catalogs = catalogs;
        this.seeds = seeds;
        this.store = store;
        this.lock = new NodeLock(direct, LOCK, "metadata");
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** What this node goes by, for others to tell it apart. */
    String node() {
        return node;
    }

    /** Has the first publish take what is kept. */
    public synchronized void open() {
        followed = store.seq();
        standing = Decisions.of(store.decided());
        layer.replace(standing.sources());
        publisher.recall(standing.earlier());
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
            publisher.recall(next.earlier());
            publisher.publish();
            standing = next;
        }
        followed = latest;
        return changed;
    }

    @Override
    public Outcome save(ItemKey item, byte[] yaml, Options options, Session session) {
        administered(session);
        Edit edit = Edit.written(item, yaml);
        return options.draft() ? keepAside(edit, options, session) : decide(session, options, () -> {
            requireExpected(options, standing.version(item), item);
            return List.of(edit);
        });
    }

    @Override
    public Outcome delete(ItemKey item, Options options, Session session) {
        administered(session);
        Edit.requireNamed(item);
        return options.draft() ? giveUp(item, options, session) : decide(session, options, () -> {
            requireExpected(options, standing.version(item), item);
            if (standing.version(item) == 0) {
                throw notDeletable(item);
            }
            return List.of(Edit.deleted(item));
        });
    }

    @Override
    public Outcome publish(ItemKey item, Options options, Session session) {
        administered(session);
        return decide(session, options, () -> {
            Version draft = store.draft(item).orElseThrow(() -> noDraft(item));
            requireExpected(options, draft.version(), item);
            return List.of(promoted(draft, options));
        });
    }

    @Override
    public Outcome publishAll(Options options, Session session) {
        administered(session);
        return decide(session, options, () -> store.drafts().stream().map(draft -> promoted(draft, options)).toList());
    }

    private Edit promoted(Version draft, Options options) {
        int latest = standing.decided(draft.item());
        if (draft.base() != latest && !options.force()) {
            throw stale(latest, "Version " + latest + " of " + draft.item() + " was published since the draft was begun");
        }
        return Edit.of(draft);
    }

    @Override
    public Outcome rollBack(ItemKey item, int toVersion, Options options, Session session) {
        administered(session);
        Version earlier = store.version(item, toVersion).orElseThrow(() -> noVersion(item, toVersion));
        if (earlier.content() == null) {
            return delete(item, options, session);
        }
        String why = options.comment() == null ? "Back to version " + toVersion : options.comment();
        return decide(session, new Options(false, options.dryRun(), options.force(), options.expected(), why), () -> {
            requireExpected(options, standing.version(item), item);
            return List.of(Edit.of(item, Objects.requireNonNull(earlier.content())));
        });
    }

    @Override
    public Outcome apply(List<MetadataFile> files, boolean prune, Options options, Session session) {
        administered(session);
        Map<ItemKey, Edit> wanted = Edit.ofFiles(files);
        return decide(session, options, () -> {
            var edits = new ArrayList<Edit>();
            wanted.values().stream().filter(edit -> !standing.holds(edit)).forEach(edits::add);
            if (prune) {
                standing.items().stream().filter(item -> !wanted.containsKey(item)).map(Edit::deleted)
                        .forEach(edits::add);
            }
            return edits;
        });
    }

    /** Publishes some edits together; nobody else decides meanwhile, and it starts from what others have decided. */
    private synchronized Outcome decide(Session session, Options options, Supplier<List<Edit>> chosen) {
        return lock.alone(() -> {
            follow();
            List<Edit> edits = chosen.get().stream()
                    .map(edit -> edit.draft() ? edit : edit.numbered(store.nextVersion(edit.item()))).toList();
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
            return Admission.outcome(options.dryRun() ? saved : publish(saved, edits, next, options, session), prospect,
                    edits);
        });
    }

    private List<Version> publish(List<Version> saved, List<Edit> edits, Decisions next, Options options,
            Session session) {
        var kept = new ArrayList<Version>();
        publisher.publish(layer, next.sources(), options.force(), _ -> kept.addAll(keep(saved, edits, session)));
        standing = next;
        followed = kept.getLast().seq();
        if (edits.stream().anyMatch(edit -> edit.item().type().equals(DATA))) {
            seeds.run();
        }
        return kept;
    }

    private List<Version> keep(List<Version> saved, List<Edit> edits, Session session) {
        return store.inTransaction(connection -> {
            var kept = new ArrayList<Version>();
            for (int i = 0; i < saved.size(); i++) {
                Version version = edits.get(i).draft()
                        ? VersionStore.promote(connection, saved.get(i), session.userId())
                        : VersionStore.add(connection, saved.get(i));
                listeners.forEach(listener -> listener.saved(version, session));
                kept.add(version);
            }
            VersionStore.tell(connection, node);
            return kept;
        });
    }

    private synchronized Outcome keepAside(Edit written, Options options, Session session) {
        return lock.alone(() -> {
            follow();
            ItemKey item = written.item();
            requireExpected(options, store.draft(item).map(Version::version).orElseGet(() -> standing.version(item)),
                    item);
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
            listeners.forEach(listener -> listener.saved(kept, session));
            return kept;
        });
    }

    private synchronized Outcome giveUp(ItemKey item, Options options, Session session) {
        return lock.alone(() -> {
            Version draft = store.draft(item).orElseThrow(() -> noDraft(item));
            requireExpected(options, draft.version(), item);
            Version given = new Version(item, draft.version(), draft.seq(), State.DISCARDED, draft.base(),
                    draft.content(), draft.comment(), List.of(), draft.author(), draft.authorName(), draft.at(), null);
            if (!options.dryRun()) {
                store.inTransaction(connection -> {
                    VersionStore.discardDraft(connection, item);
                    listeners.forEach(listener -> listener.saved(given, session));
                    return given;
                });
            }
            return new Outcome(List.of(given), List.of(), List.of(), List.of());
        });
    }

    @Override
    public Map<String, Version> edited(Session session) {
        administered(session);
        var found = new LinkedHashMap<String, Version>();
        for (Version version : store.decided()) {
            if (version.state() == State.PUBLISHED && version.version() == served(version.item())) {
                found.put(ItemFiles.path(version.item()), version);
            }
        }
        return found;
    }

    private synchronized int served(ItemKey item) {
        return standing.version(item);
    }

    @Override
    public List<Version> drafts(Session session) {
        administered(session);
        return store.drafts();
    }

    @Override
    public List<Version> history(ItemKey item, Session session) {
        administered(session);
        return store.history(item);
    }

    @Override
    public Optional<Version> version(ItemKey item, @Nullable Integer version, Session session) {
        administered(session);
        int wanted = version == null ? served(item) : version;
        return wanted == 0 ? Optional.empty() : store.version(item, wanted);
    }

    @Override
    public Optional<Version> draft(ItemKey item, Session session) {
        administered(session);
        return store.draft(item);
    }

    @Override
    public Comparison compare(ItemKey item, @Nullable Integer from, @Nullable Integer to, Session session) {
        administered(session);
        List<Version> all = store.history(item);
        if (all.isEmpty()) {
            throw notEdited(item);
        }
        int later = to != null ? to : latestDecided(all, Integer.MAX_VALUE);
        int earlier = from != null ? from : latestDecided(all, later);
        return new Comparison(item, earlier, later,
                TreeDifference.between(tree(all, item, earlier), tree(all, item, later)));
    }

    /** The last version before one that was published or deleted; 0: none. */
    private static int latestDecided(List<Version> all, int before) {
        return all.stream().filter(version -> version.publishedAt() != null && version.version() < before)
                .mapToInt(Version::version).findFirst().orElse(0);
    }

    private Object tree(List<Version> all, ItemKey item, int number) {
        return number == 0
                ? Map.of()
                : tree(all.stream().filter(version -> version.version() == number).findFirst()
                        .orElseThrow(() -> noVersion(item, number)));
    }

    @Override
    public String yaml(Map<String, ?> content) {
        return YamlWriter.write(content);
    }

    @Override
    public Map<String, Object> tree(Version version) {
        String content = version.content();
        Object tree = content == null
                ? null
                : ItemFiles.tree(ItemFiles.path(version.item()), content.getBytes(StandardCharsets.UTF_8), _ -> {});
        var members = new LinkedHashMap<String, Object>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> members.put(String.valueOf(key), value));
        } else if (tree != null) {
            members.put("records", tree);
        }
        return members;
    }

    @Override
    public List<Reference> references(ItemKey item, @Nullable String field, Session session) {
        administered(session);
        return new ReferenceSearch(catalogs.current()).find(item, field);
    }

    private static void administered(Session session) {
        session.requirePlatformAdministrator("Metadata is edited by platform administrators");
    }

    private static void requireExpected(Options options, int current, ItemKey item) {
        Integer expected = options.expected();
        if (expected != null && expected != current) {
            throw stale(current, current == 0
                    ? item + " is not edited, so there is no version " + expected
                    : "Version " + current + " of " + item + " is there, not " + expected);
        }
    }

    private static PlatformException stale(int current, String message) {
        return new PlatformException(RuntimeError.CONCURRENT_UPDATE, message).with("currentVersion", current);
    }

    private PlatformException notDeletable(ItemKey item) {
        Catalog current = catalogs.current();
        String origin = item.type().equals("object")
                ? current.object(item.name()).map(ObjectDefinition::plugin).orElse("")
                : current.item(item.type(), item.name()).map(MetadataItem::plugin).orElse("");
        return origin.isEmpty()
                ? notEdited(item)
                : new PlatformException(RuntimeError.DELETE_RESTRICTED, item + " comes from "
                        + (origin.equals(MetadataSource.FOLDER) ? "a folder of files" : "the plugin " + origin)
                        + " and is not edited; only what was edited here can be deleted here")
                        .with("references", new ReferenceSearch(current).find(item, null).stream()
                                .map(Reference::toMap).toList());
    }

    private static PlatformException notEdited(ItemKey item) {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "Nobody has edited " + item);
    }

    private static PlatformException noDraft(ItemKey item) {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no draft of " + item);
    }

    private static PlatformException noVersion(ItemKey item, int number) {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                "There is no version " + number + " of " + item);
    }
}
