package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.MetadataKind.Located;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What metadata a source brings, by type and name, without building a catalog of it. */
public final class FileContents {

    private final Map<String, Set<String>> names = new HashMap<>();
    private final List<String> paths = new ArrayList<>();

    private FileContents(MetadataSource source) {
        for (MetadataFile file : source.files()) {
            paths.add(file.path());
            Located located = MetadataKind.locate(file.path());
            MetadataKind kind = located == null ? null : located.kind();
            if (located == null || kind == null) {
                continue;
            }
            Set<String> named = names.computeIfAbsent(kind.type(), _ -> new TreeSet<>());
            named.add(located.stem());
            // What is wrong with the file is found when the catalog is built.
            if (YamlReader.read(file.path(), file.content(),
                    new Findings(kind.type(), located.stem(), _ -> {})) instanceof Entries map) {
                String name = map.text("name");
                if (name != null) {
                    named.add(name);
                }
            }
        }
    }

    public static FileContents of(MetadataSource source) {
        return new FileContents(source);
    }

    /** The names of a type's items, as their files or their {@code name} keys say; empty where there are none. */
    public Collection<String> names(String type) {
        return Collections.unmodifiableCollection(names.getOrDefault(type, Set.of()));
    }

    /** Every file's path, relative to the root of the source. */
    public List<String> paths() {
        return Collections.unmodifiableList(paths);
    }

    /** "did you mean 'x'?", or nothing where no item of the type has a name near. */
    public String suggest(String type, String name) {
        return Spelling.suggest(name, names(type));
    }
}
