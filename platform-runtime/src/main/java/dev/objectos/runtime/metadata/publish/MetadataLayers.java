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

/** Every place that metadata comes from: the plugins in the order of their dependencies, then the folders given. */
public final class MetadataLayers implements Supplier<List<MetadataSource>> {

    private final List<MetadataSource> plugins;
    private final List<Path> folders;

    /** Reads the plugins once, for a class path does not change; the folders anew with every {@link #get}. */
    public MetadataLayers(PluginRegistry registry, List<Path> folders) {
        this.plugins = registry.plugins().stream().map(MetadataLayers::read).toList();
        this.folders = List.copyOf(folders);
    }

    @Override
    public List<MetadataSource> get() {
        var sources = new ArrayList<>(plugins);
        folders.forEach(folder -> sources.add(named(folder)));
        return sources;
    }

    private static MetadataSource read(PluginDescriptor plugin) {
        try {
            return MetadataSource.at(plugin.id(), plugin.root().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the folder's own name before each path, so that people can tell two folders apart. */
    private static MetadataSource named(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        MetadataSource source = MetadataSource.directory(folder);
        return name == null
                ? source
                : new MetadataSource(source.plugin(), source.files().stream()
                        .map(file -> new MetadataFile(name + "/" + file.path(), file.content())).toList());
    }
}
