package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.MetadataKind.Located;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where each piece of metadata stands in the layout of a plugin, and what a file there is about. */
public final class ItemFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");

    private ItemFiles() {}

    /** Whether there is such a type of metadata. */
    public static boolean isType(String type) {
        return MetadataKind.isTypeName(type);
    }

    /** The name of an item that may have been given by another one. */
    public static String canonical(ItemKey item) {
        return item.type().equals(MetadataKind.OBJECT.type()) ? ObjectAssembly.canonical(item.name()) : item.name();
    }

    /** Whether a file can be named after it. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The file of an item, such as {@code objects/contacts.object.yml}; a tenant's stands in a folder named by its id. */
    public static String path(ItemKey item) {
        String path = item.type().equals(MetadataKind.TRANSLATION.type())
                ? "translations/" + item.name() + ".yml"
                : folder(item.type()) + "/" + item.name() + "." + item.type() + ".yml";
        return item.tenant() == null ? path : item.tenant() + "/" + path;
    }

    private static String folder(String type) {
        return switch (MetadataKind.valueOf(type.toUpperCase(Locale.ROOT))) {
            case DATA -> "data";
            case PERMISSION_TEST -> "permissions";
            case OBJECT, VALIDATION, PERMISSION, WORKFLOW, TRIGGER, API, APP, VIEW, FORM, REPORT, CHART, PAGE, MENU,
                    TEMPLATE, TRANSLATION ->
                type + "s";
        };
    }

    /** What a file is about, by its path and its content; empty where it is no metadata. */
    public static Optional<ItemKey> item(String path, byte[] content) {
        Located located = MetadataKind.locate(path);
        if (located == null || located.kind() == null) {
            return Optional.empty();
        }
        MetadataKind kind = located.kind();
        Element root = YamlReader.read(path, content, new Findings(kind.type(), located.stem(), _ -> {}));
        String name = root instanceof Entries entries ? named(kind, entries) : null;
        return Optional.of(new ItemKey(kind.type(), name == null ? located.stem() : name));
    }

    /** What an object or another piece of metadata calls itself; null where its file's name says it. */
    private static @Nullable String named(MetadataKind kind, Entries content) {
        return switch (kind) {
            case OBJECT -> {
                String own = content.text("name");
                String name = own == null ? content.text("extends") : own;
                yield name == null ? null : ObjectAssembly.canonical(name);
            }
            case TRANSLATION, DATA, VALIDATION -> null;
            case PERMISSION, PERMISSION_TEST, WORKFLOW, TRIGGER, API, APP, VIEW, FORM, REPORT, CHART, PAGE, MENU,
                    TEMPLATE ->
                content.text("name");
        };
    }

    /**
     * The values of a file, without their places.
     *
     * @return maps, lists, texts, numbers, truth values and nulls; null where the file is no YAML, which the sink is told
     */
    public static @Nullable Object tree(String label, byte[] content, Consumer<Violation> sink) {
        Element root = YamlReader.read(label, content, new Findings("file", label, sink));
        return root == null ? null : root.plain();
    }
}
