package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.ItemFiles;
import dev.objectos.runtime.metadata.yaml.YamlWriter;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.MetadataEditing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What administrators ask for: who may, which version is meant, what is to be decided. */
public final class MetadataEditor implements MetadataEditing {

    private final EditedMetadata metadata;
    private final VersionStore store;
    private final Catalogs catalogs;

    public MetadataEditor(EditedMetadata metadata, VersionStore store, Catalogs catalogs) {
        this.metadata = metadata;
        this.store = store;
        this.catalogs = catalogs;
    }

    @Override
    public Outcome save(ItemKey item, byte[] yaml, Options options, Session session) {
        administered(session, item);
        Edit edit = Edit.written(item, yaml);
        return options.draft() ? metadata.keepAside(standing -> {
            requireExpected(options,
                    store.draft(item).map(Version::version).orElseGet(() -> standing.version(item)), item);
            return edit;
        }, options, session) : metadata.decide(standing -> {
            requireExpected(options, standing.version(item), item);
            return List.of(edit);
        }, options, session);
    }

    @Override
    public Outcome delete(ItemKey item, Options options, Session session) {
        administered(session, item);
        Edit.requireNamed(item);
        return options.draft() ? metadata.giveUp(() -> {
            Version draft = store.draft(item).orElseThrow(() -> noDraft(item));
            requireExpected(options, draft.version(), item);
            return draft;
        }, options, session) : metadata.decide(standing -> {
            requireExpected(options, standing.version(item), item);
            if (standing.version(item) == 0) {
                throw notDeletable(item);
            }
            return List.of(Edit.deleted(item));
        }, options, session);
    }

    @Override
    public Outcome publish(ItemKey item, Options options, Session session) {
        administered(session, item);
        return metadata.decide(standing -> {
            Version draft = store.draft(item).orElseThrow(() -> noDraft(item));
            requireExpected(options, draft.version(), item);
            return List.of(promoted(draft, standing, options));
        }, options, session);
    }

    @Override
    public Outcome publishAll(Options options, Session session) {
        administered(session);
        return metadata.decide(
                standing -> common(store.drafts()).map(draft -> promoted(draft, standing, options)).toList(), options,
                session);
    }

    private static Edit promoted(Version draft, Decisions standing, Options options) {
        int latest = standing.decided(draft.item());
        if (draft.base() == latest) {
            return Edit.of(draft);
        }
        if (!options.force()) {
            throw stale(latest,
                    "Version " + latest + " of " + draft.item() + " was published since the draft was begun");
        }
        return Edit.outdated(draft);
    }

    @Override
    public Outcome rollBack(ItemKey item, int toVersion, Options options, Session session) {
        administered(session, item);
        String content = store.version(item, toVersion).orElseThrow(() -> noVersion(item, toVersion)).content();
        if (content == null) {
            return delete(item, options, session);
        }
        String why = options.comment() == null ? "Back to version " + toVersion : options.comment();
        return metadata.decide(standing -> {
            requireExpected(options, standing.version(item), item);
            return List.of(Edit.of(item, content));
        }, new Options(false, options.dryRun(), options.force(), options.expected(), why), session);
    }

    @Override
    public Outcome apply(List<MetadataFile> files, boolean prune, Options options, Session session) {
        administered(session);
        Map<ItemKey, Edit> wanted = Edit.ofFiles(files);
        return metadata.decide(standing -> {
            var edits = new ArrayList<Edit>();
            wanted.values().stream().filter(edit -> !standing.holds(edit)).forEach(edits::add);
            if (prune) {
                standing.items().stream().filter(item -> !wanted.containsKey(item)).map(Edit::deleted)
                        .forEach(edits::add);
            }
            return edits;
        }, options, session);
    }

    @Override
    public Map<String, Version> edited(Session session) {
        administered(session);
        Decisions standing = metadata.standing();
        var found = new LinkedHashMap<String, Version>();
        for (Version version : common(store.decided()).toList()) {
            if (version.state() == State.PUBLISHED && version.version() == standing.version(version.item())) {
                found.put(ItemFiles.path(version.item()), version);
            }
        }
        return found;
    }

    @Override
    public List<Version> drafts(Session session) {
        administered(session);
        return common(store.drafts()).toList();
    }

    /** Those that are meant for all tenants. */
    private static Stream<Version> common(List<Version> versions) {
        return versions.stream().filter(version -> version.item().tenant() == null);
    }

    @Override
    public List<Version> history(ItemKey item, Session session) {
        administered(session, item);
        Edit.requireType(item);
        return store.history(item);
    }

    @Override
    public Optional<Version> version(ItemKey item, @Nullable Integer version, Session session) {
        administered(session, item);
        int wanted = version == null ? metadata.standing().version(item) : version;
        return wanted == 0 ? Optional.empty() : store.version(item, wanted);
    }

    @Override
    public Optional<Version> draft(ItemKey item, Session session) {
        administered(session, item);
        return store.draft(item);
    }

    @Override
    public Comparison compare(ItemKey item, @Nullable Integer from, @Nullable Integer to, Session session) {
        administered(session, item);
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
        administered(session, item);
        Edit.requireType(item);
        Catalog catalog = catalogs.current();
        if (field != null && item.type().equals("object")
                && catalog.object(item.name()).filter(object -> object.field(field).isEmpty()).isPresent()) {
            throw new PlatformException(RuntimeError.INVALID_FIELD, item + " has no field \"" + field + "\"");
        }
        return new ReferenceSearch(catalog).find(item, field);
    }

    /** Tenants have a say about what they add for themselves, and about nothing else. */
    private static void administered(Session session, ItemKey item) {
        if (item.tenant() == null) {
            administered(session);
        } else {
            session.require(SystemPermission.CUSTOMIZE_OBJECTS,
                    "Fields of a tenant are edited by its administrators");
            if (!item.tenant().equals(session.tenant())) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                        "Fields of a tenant are edited by its own administrators");
            }
        }
    }

    private static void administered(Session session) {
        session.require(SystemPermission.MANAGE_METADATA, "Metadata is edited by platform administrators");
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
                        + " and is not edited, and only what was edited here can be deleted here; "
                        + (origin.equals(MetadataSource.FOLDER)
                                ? "delete its file there"
                                : "save it here as you want it, or have the plugin disabled or removed (/api/plugins/"
                                        + origin + ")"))
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
