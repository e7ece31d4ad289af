package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.ItemFiles;
import dev.objectos.runtime.metadata.yaml.YamlWriter;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change of one item that is to be decided about.
 *
 * @param content YAML; null: what was edited goes
 * @param version the number that it gets; 0: not known yet
 * @param draft how it is kept so far
 */
record Edit(ItemKey item, @Nullable String content, int version, Draft draft) {

    /** Whether there is a draft of it. */
    enum Draft {
        NONE,
        /** It is published as the version that it is. */
        CURRENT,
        /** Others have decided since, so that it becomes a version after theirs, for the last one is what serves. */
        OUTDATED
    }

    /** What somebody has written; refused where that cannot be kept. */
    static Edit written(ItemKey item, byte[] yaml) {
        requireNamed(item);
        String path = ItemFiles.path(item);
        var problems = new ArrayList<Violation>();
        Object tree = ItemFiles.tree(MetadataSource.label(source(item), path), yaml, problems::add);
        if (tree == null && !problems.isEmpty()) {
            throw Admission.refusal(problems);
        }
        ItemKey said = ItemFiles.item(path, yaml).orElse(item);
        if (!said.type().equals(item.type()) || !said.name().equals(item.name())) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The content is about " + said + ", and is saved as "
                            + item + "; write the same name in both");
        }
        return of(item, new String(yaml, StandardCharsets.UTF_8));
    }

    static Edit of(ItemKey item, String content) {
        return new Edit(item, content, 0, Draft.NONE);
    }

    static Edit of(Version draft) {
        return new Edit(draft.item(), draft.content(), draft.version(), Draft.CURRENT);
    }

    /** A draft since whose beginning others have decided. */
    static Edit outdated(Version draft) {
        return new Edit(draft.item(), draft.content(), 0, Draft.OUTDATED);
    }

    static Edit deleted(ItemKey item) {
        return new Edit(item, null, 0, Draft.NONE);
    }

    /** Files in the layout of a plugin; refused where one is about nothing, or two are about one item. */
    static Map<ItemKey, Edit> ofFiles(List<MetadataFile> files) {
        var edits = new TreeMap<ItemKey, Edit>(Decisions.ORDER);
        for (MetadataFile file : files) {
            ItemKey item = ItemFiles.item(file.path(), file.content())
                    .orElseThrow(() -> new PlatformException(RuntimeError.INVALID_REQUEST,
                            file.path() + " is no file of metadata; name it after what it holds, such as "
                                    + "objects/contacts.object.yml"));
            if (edits.put(item, written(item, yaml(file))) != null) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST,
                        "Two files are about " + item + "; the second one is " + file.path());
            }
        }
        return edits;
    }

    /** JSON is kept as YAML, like everything else. */
    private static byte[] yaml(MetadataFile file) {
        return file.path().endsWith(".json")
                && ItemFiles.tree(file.path(), file.content(), _ -> {}) instanceof Map<?, ?> tree
                        ? YamlWriter.write(tree).getBytes(StandardCharsets.UTF_8)
                        : file.content();
    }

    static void requireType(ItemKey item) {
        if (!ItemFiles.isType(item.type())) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                    "There is no type of metadata named '" + item.type() + "'");
        }
    }

    static void requireNamed(ItemKey item) {
        requireType(item);
        if (item.tenant() != null && !item.type().equals("object")) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A tenant adds fields to objects, and no " + item.type() + " of its own");
        }
        String known = ItemFiles.canonical(item);
        if (!known.equals(item.name())) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "'" + item.name() + "' is another name of '" + known + "'; edit that");
        }
        if (!ItemFiles.isName(item.name())) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "'" + item.name()
                    + "' is no name for metadata that is edited: letters, digits, _ and - are, at most 100 of them");
        }
    }

    Edit numbered(int number) {
        return new Edit(item, content, number, draft);
    }

    /** The layer that it belongs to. */
    String source() {
        return source(item);
    }

    private static String source(ItemKey item) {
        return item.tenant() == null ? MetadataSource.EDITED : MetadataSource.TENANT;
    }

    boolean deletes() {
        return content == null;
    }

    /** How positions name its file. */
    String label() {
        return MetadataSource.label(source(), ItemFiles.path(item));
    }

    MetadataFile file() {
        return new MetadataFile(ItemFiles.path(item), Objects.requireNonNull(content).getBytes(StandardCharsets.UTF_8),
                version);
    }

    static Set<String> labels(Collection<Edit> edits) {
        return edits.stream().map(Edit::label).collect(Collectors.toSet());
    }
}
