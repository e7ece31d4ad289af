package dev.objectos.runtime.configuration;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.Spelling;
import dev.objectos.runtime.metadata.yaml.WrittenYaml;
import dev.objectos.runtime.spi.ConfigurationFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds files of settings by their name, in plugins and in the folder of the server, and tells when they are others. */
public final class ConfigurationFolder implements ConfigurationFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFolder.class);

    private final Supplier<List<MetadataSource>> plugins;
    private final Path home;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    /** @param plugins what plugins bring, in the order of their dependencies */
    public ConfigurationFolder(Supplier<List<MetadataSource>> plugins, Path home) {
        this.plugins = plugins;
        this.home = home;
    }

    @Override
    public void follow(String name, Consumer<List<ConfigurationFile>> reader) {
        var follower = new Follower(name, reader);
        follower.look();
        followers.add(follower);
    }

    @Override
    public String suggest(String written, Collection<String> known) {
        return Spelling.suggest(written, known);
    }

    /** Tells whoever follows a name of whose files some have changed. */
    void look() {
        for (Follower follower : followers) {
            try {
                follower.look();
            } catch (RuntimeException e) {
                LOG.warn("The files {}.config.yml cannot be read again: {}", follower.name, e.getMessage());
            }
        }
    }

    /** A file with its name in positions. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    private record Found(String label, boolean ofAdministrator, byte[] content) {

        boolean same(Found other) {
            return label.equals(other.label) && Arrays.equals(content, other.content);
        }
    }

    private List<Found> find(String name) {
        var found = new ArrayList<Found>();
        for (MetadataSource plugin : plugins.get()) {
            for (MetadataFile file : plugin.files()) {
                String last = file.path().substring(file.path().lastIndexOf('/') + 1);
                if (last.equals(name + ".config.yml") || last.equals(name + ".config.yaml")) {
                    found.add(new Found(plugin.plugin() + "!" + file.path(), false, file.content()));
                }
            }
        }
        for (String ending : List.of(".config.yml", ".config.yaml")) {
            Path file = home.resolve(name + ending);
            if (Files.isRegularFile(file)) {
                found.add(new Found(name + ending, true, read(file)));
            }
        }
        return found;
    }

    private static byte[] read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(MetadataFile.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigurationFile parsed(String name, Found file) {
        var violations = new ArrayList<Violation>();
        return new ConfigurationFile(file.label(), file.ofAdministrator(),
                WrittenYaml.read(name, file.label(), file.content(), violations::add), violations);
    }

    /** Who wants to know of files of one name, and what they know already. */
    private final class Follower {

        private final String name;
        private final Consumer<List<ConfigurationFile>> reader;
        private List<Found> seen = List.of();
        private boolean told;

        Follower(String name, Consumer<List<ConfigurationFile>> reader) {
            this.name = name;
            this.reader = reader;
        }

        synchronized void look() {
            List<Found> now = find(name);
            if (told && same(now)) {
                return;
            }
            told = true;
            seen = now;
            reader.accept(now.stream().map(file -> parsed(name, file)).toList());
        }

        private boolean same(List<Found> now) {
            if (now.size() != seen.size()) {
                return false;
            }
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).same(seen.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
