package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packages that an administrator has put into the folder of plugins. */
final class PluginFolder {

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    private PluginFolder() {}

    /** Those that can be opened, by the names of their files; what cannot is reported and left out. */
    static List<PluginPackage> read(Path folder, PackageSource source) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<PluginPackage>();
        for (Path path : candidates(folder)) {
            try {
                found.add(source.open(path));
            } catch (PackageRefusedException | UncheckedIOException e) {
                LOG.error("The plugin in {} stays out: {}", path, e.getMessage());
            }
        }
        return found;
    }

    private static List<Path> candidates(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(PluginFolder::isPackage).sorted().toList();
        } catch (IOException e) {
            LOG.error("The folder of plugins {} cannot be read: {}", folder, e.getMessage());
            return List.of();
        }
    }

    private static boolean isPackage(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".jar") || name.endsWith(".zip")
                || Files.isRegularFile(path.resolve(PluginManifest.PATH)));
    }
}
