package dev.objectos.runtime.plugin;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * What administrators have decided of built-in plugins while the server ran, in a file of its data folder: {@code id=true} or
 * {@code id=false}. It counts at the next start, and less than a setting.
 */
public final class PluginSwitches {

    private static final String NAME = "plugins.switched";

    private final Path file;

    private PluginSwitches(Path file) {
        this.file = file;
    }

    /** Those of the server whose data are in that folder. */
    public static PluginSwitches in(Path home) {
        return new PluginSwitches(home.resolve(NAME));
    }

    /** Empty where nothing was decided. */
    public synchronized Optional<Boolean> of(String plugin) {
        return Optional.ofNullable(read().getProperty(plugin)).map(Boolean::valueOf);
    }

    /** From the next start on. */
    public synchronized void set(String plugin, boolean on) {
        Properties switches = read();
        switches.setProperty(plugin, String.valueOf(on));
        var text = new StringBuilder("# Built-in plugins that were switched on or off; read at the start.\n");
        new TreeSet<>(switches.stringPropertyNames())
                .forEach(id -> text.append(id).append('=').append(switches.getProperty(id)).append('\n'));
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, NAME, ".new");
            try {
                Files.writeString(draft, text);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties read() {
        var switches = new Properties();
        try {
            if (Files.exists(file)) {
                switches.load(new StringReader(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switches;
    }
}
