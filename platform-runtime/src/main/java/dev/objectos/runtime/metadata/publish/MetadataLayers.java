package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Every place that metadata comes from: built-in plugins, added ones, each after what it needs, then the
 * folders given, then what administrators have edited.
 */
public final class MetadataLayers implements Supplier<List<MetadataSource>> {

    private final List<MetadataSource> plugins;
    private final AddedLayers added;
    private final List<Path> folders;
    private final EditedLayer edited;

    public MetadataLayers(PluginRegistry registry, List<Path> folders) {
        this(registry, new AddedLayers(), folders, new EditedLayer());
    }

    /** Reads the plugins once, for a class path does not change; the folders anew with every {@link #get}. */
    public MetadataLayers(PluginRegistry registry, AddedLayers added, List<Path> folders, EditedLayer edited) {
        this.plugins = registry.plugins().stream().map(MetadataLayers::read).toList();
        this.added = added;
        this.folders = List.copyOf(folders);
        this.edited = edited;
    }

    @Override
    public List<MetadataSource> get() {
        var sources = new ArrayList<>(ofPlugins());
        folders.forEach(folder -> sources.add(named(folder, folders)));
        sources.addAll(edited.sources());
        return sources;
    }

    /** The same without the folders and what was edited. */
    public List<MetadataSource> ofPlugins() {
        var sources = new ArrayList<>(plugins);
        sources.addAll(added.sources());
        return sources;
    }

    private static MetadataSource read(PluginDescriptor plugin) {
        try {
            return MetadataSource.at(plugin.id(), plugin.root().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With as much of the folder's own path before each file's as tells it apart from the others. */
    private static MetadataSource named(Path folder, List<Path> all) {
        MetadataSource source = MetadataSource.directory(folder);
        String name = name(absolute(folder), all.stream().map(MetadataLayers::absolute).distinct().toList());
        return name.isEmpty()
                ? source
                : new MetadataSource(source.plugin(), source.files().stream()
                        .map(file -> new MetadataFile(name + "/" + file.path(), file.content())).toList());
    }

    private static String name(Path folder, List<Path> all) {
        int depth = folder.getNameCount();
        for (int from = depth - 1; from >= 0; from--) {
            Path name = folder.subpath(from, depth);
            if (from == 0 || all.stream().filter(other -> other.endsWith(name)).count() == 1) {
                return name.toString().replace('\\', '/');
            }
        }
        return "";
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
