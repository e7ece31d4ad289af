package dev.objectos.server.metadata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.ItemRights;
import dev.objectos.server.web.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metadata of a catalog as a session sees it, as JSON; documents are kept with the snapshot for all that see the same. */
final class MetadataDocuments {

    static final String OBJECT = "object";

    private static final String PERMISSION = "permission";
    private static final String TRANSLATION = "translation";
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final CatalogView view;
    private final Catalog catalog;
    private final List<String> types;
    private final ItemRights items;
    private @Nullable OpenParts parts;

    /**
     * @param types those that exist even while nothing of them is there
     * @param items says who sees what is no object
     */
    MetadataDocuments(CatalogView view, List<String> types, ItemRights items) {
        this.items = items;
        this.view = view;
        this.catalog = view.catalog();
        this.types = types;
    }

    boolean isType(String name) {
        return types.contains(name) || catalog.types().contains(name);
    }

    /** {@code {"types":[…]}}. */
    Document types() {
        var all = new TreeSet<>(types);
        all.addAll(catalog.types());
        return Document.of(Map.of("types", List.copyOf(all)));
    }

    /** {@code {"type","items":[…]}}, of one plugin or of all. */
    Document items(String type, @Nullable String plugin) {
        var found = new ArrayList<Object>();
        if (type.equals(OBJECT)) {
            view.objects().filter(object -> plugin == null || object.plugin().equals(plugin))
                    .map(this::shown).forEach(found::add);
        } else {
            shown(type, plugin).map(this::content).forEach(found::add);
        }
        var tree = new LinkedHashMap<String, Object>();
        tree.put("type", type);
        tree.put("items", found);
        tree.put("versions", versions(type, plugin));
        return Document.of(tree);
    }

    /** The object's definition by itself. */
    Optional<Document> object(String name) {
        return view.object(name)
                .map(object -> kept(object.name(), false,
                        () -> Document.of(version(OBJECT, object.name()), shown(object))));
    }

    private Map<String, Object> shown(ObjectDefinition object) {
        return ObjectRendering.object(view, object);
    }

    /** {@code {"type","name","item"}}. */
    Optional<Document> item(String type, String name) {
        if (type.equals(OBJECT)) {
            return view.object(name).map(object -> kept(object.name(), true,
                    () -> envelope(OBJECT, object.name(), object.plugin(), shown(object))));
        }
        return visible(type, name).map(item -> envelope(type, item.name(), item.plugin(), content(item)));
    }

    /** What {@link #item} shows of the item itself. */
    Optional<Map<String, Object>> tree(String type, String name) {
        if (type.equals(OBJECT)) {
            return view.object(name).map(this::shown);
        }
        return visible(type, name).map(this::content);
    }

    private Optional<MetadataItem> visible(String type, String name) {
        return shows(type) ? catalog.item(type, name).filter(this::visible) : Optional.empty();
    }

    private Stream<MetadataItem> shown(String type, @Nullable String plugin) {
        return shows(type)
                ? catalog.items(type).stream().filter(item -> plugin == null || item.plugin().equals(plugin))
                        .filter(this::visible)
                : Stream.empty();
    }

    private boolean visible(MetadataItem item) {
        return view.shown(item, items).visible();
    }

    /** Who may do what is shown to those alone who decide about it. */
    boolean shows(String type) {
        return !type.equals(PERMISSION) || view.administers();
    }

    /** What is wrong with an object is told to whoever sees the whole of it. */
    boolean shows(Violation violation) {
        return shows(violation.type()) && (!violation.type().equals(OBJECT) || catalog.object(violation.name())
                .map(view::access).map(access -> access.readable() && access.hidden().isEmpty())
                .orElse(true));
    }

    private Document kept(String object, boolean wrapped, Supplier<Document> made) {
        return catalog.derive(Kept.class, _ -> new Kept()).documents()
                .get(new Key(view.fingerprint(), object, wrapped), _ -> made.get());
    }

    private int version(String type, String name) {
        return catalog.editedVersion(new ItemKey(type, name));
    }

    /** By name: the version that edits refer to, and where the item comes from. */
    private Map<String, Object> versions(String type, @Nullable String plugin) {
        var versions = new LinkedHashMap<String, Object>();
        if (type.equals(OBJECT)) {
            view.objects().filter(object -> plugin == null || object.plugin().equals(plugin))
                    .forEach(object -> versions.put(object.name(), origin(OBJECT, object.name(), object.plugin())));
        } else {
            shown(type, plugin).forEach(item -> versions.put(item.name(), origin(type, item.name(), item.plugin())));
        }
        return versions;
    }

    private Map<String, Object> origin(String type, String name, String plugin) {
        int version = version(type, name);
        var origin = new LinkedHashMap<String, Object>();
        origin.put("version", version);
        origin.put("source", version > 0 ? MetadataSource.EDITED : plugin);
        return origin;
    }

    private Document envelope(String type, String name, String plugin, Map<String, Object> item) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("type", type);
        tree.put("name", name);
        tree.put("item", item);
        tree.putAll(origin(type, name, plugin));
        return Document.of(version(type, name), tree);
    }

    private Map<String, Object> content(MetadataItem item) {
        var content = new LinkedHashMap<String, Object>();
        content.put("name", item.name());
        if (item.type().equals(TRANSLATION)) {
            content.putAll(VisibleTexts.of(view, item.content()));
        } else if (Mentions.without(view.shown(item, items).withheld(), open(item)) instanceof Map<?, ?> left) {
            left.forEach((key, value) -> content.put(String.valueOf(key), value));
        }
        return content;
    }

    private Map<String, Object> open(MetadataItem item) {
        if (view.edits() || !CatalogView.DESCRIPTIVE.contains(item.type())) {
            return item.content();
        }
        OpenParts open = parts;
        if (open == null) {
            open = OpenParts.of(view, items);
            parts = open;
        }
        return open.of(item.content());
    }

    static Document diagnostics(List<Map<String, Object>> entries) {
        return Document.of(Map.of("entries", entries));
    }

    private record Key(Object view, String object, boolean wrapped) {}

    private record Kept(Cache<Key, Document> documents) {

        Kept() {
            this(Caffeine.newBuilder().maximumWeight(MOST_BYTES)
                    .weigher((Key _, Document document) -> document.json().length).build());
        }
    }
}
