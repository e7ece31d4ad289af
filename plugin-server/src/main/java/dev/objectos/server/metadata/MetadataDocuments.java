package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.server.json.JsonAnswer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The metadata of a catalog as JSON, each document made on first use and kept with the snapshot. */
final class MetadataDocuments {

    static final String OBJECT = "object";

    private final Catalog catalog;
    private final Set<String> types;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    private MetadataDocuments(Catalog catalog, List<String> types) {
        this.catalog = catalog;
        this.types = Set.copyOf(types);
    }

    /** @param types those that exist even while nothing of them is there */
    static MetadataDocuments of(Catalog catalog, List<String> types) {
        return catalog.derive(MetadataDocuments.class, snapshot -> new MetadataDocuments(snapshot, types));
    }

    /**
     * A document and the tag that changes with it.
     *
     * @param etag with its quotes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Document(byte[] json, String etag) {

        static Document of(Object tree) {
            byte[] json = JsonAnswer.tree(tree);
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
                return new Document(json, "\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    boolean isType(String name) {
        return types.contains(name) || catalog.types().contains(name);
    }

    /** {@code {"types":[…]}}. */
    Document types() {
        return documents.computeIfAbsent("types", _ -> {
            var all = new TreeSet<>(types);
            all.addAll(catalog.types());
            return Document.of(Map.of("types", List.copyOf(all)));
        });
    }

    /** {@code {"type","items":[…]}}, of one plugin or of all. */
    Document items(String type, @Nullable String plugin) {
        var items = new ArrayList<Object>();
        if (type.equals(OBJECT)) {
            catalog.objects().stream().filter(object -> plugin == null || object.plugin().equals(plugin))
                    .map(ObjectRendering::object).forEach(items::add);
        } else {
            catalog.items(type).stream().filter(item -> plugin == null || item.plugin().equals(plugin))
                    .map(MetadataDocuments::content).forEach(items::add);
        }
        var tree = new LinkedHashMap<String, Object>();
        tree.put("type", type);
        tree.put("items", items);
        return Document.of(tree);
    }

    /** The object's definition by itself. */
    Optional<Document> object(String name) {
        return catalog.object(name).map(object -> documents.computeIfAbsent("object " + object.name(),
                _ -> Document.of(ObjectRendering.object(object))));
    }

    /** {@code {"type","name","item"}}. */
    Optional<Document> item(String type, String name) {
        if (type.equals(OBJECT)) {
            return catalog.object(name).map(object -> documents.computeIfAbsent("item object " + object.name(),
                    _ -> envelope(OBJECT, object.name(), ObjectRendering.object(object))));
        }
        return catalog.item(type, name).map(item -> documents.computeIfAbsent("item " + type + " " + item.name(),
                _ -> envelope(type, item.name(), content(item))));
    }

    private static Document envelope(String type, String name, Map<String, Object> item) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("type", type);
        tree.put("name", name);
        tree.put("item", item);
        return Document.of(tree);
    }

    private static Map<String, Object> content(MetadataItem item) {
        var content = new LinkedHashMap<String, Object>();
        content.put("name", item.name());
        content.putAll(item.content());
        return content;
    }

    static Document diagnostics(List<Map<String, Object>> entries) {
        return Document.of(Map.of("entries", entries));
    }
}
