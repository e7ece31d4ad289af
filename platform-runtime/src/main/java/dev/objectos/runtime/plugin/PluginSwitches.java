package dev.objectos.runtime.plugin;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What this node knows of what administrators have decided of built-in plugins while servers ran: {@code id=true} or
 * {@code id=false} in a file of its data folder. The database says what is decided, for all nodes; this is what a start goes by
 * that cannot ask it yet. It counts less than a setting.
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
        return Optional.ofNullable(read().get(plugin));
    }

    /** Whether this node has heard of a decision. */
    boolean areKnown() {
        return Files.exists(file);
    }

    /** Goes by that from the next start on. */
    public synchronized void follow(Map<String, Boolean> decided) {
        if (read().equals(decided)) {
            return;
        }
        var text = new StringBuilder("# Built-in plugins that were switched on or off, as the database said last.\n");
        new TreeMap<>(decided).forEach((id, on) -> text.append(id).append('=').append(on).append('\n'));
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

    private Map<String, Boolean> read() {
        var lines = new Properties();
        try {
            if (Files.exists(file)) {
                lines.load(new StringReader(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var switches = new TreeMap<String, Boolean>();
        lines.stringPropertyNames().forEach(id -> switches.put(id, Boolean.valueOf(lines.getProperty(id))));
        return switches;
    }
}
