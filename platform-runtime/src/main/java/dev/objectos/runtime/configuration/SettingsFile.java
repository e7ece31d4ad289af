package dev.objectos.runtime.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A file of settings, which need not be there. */
record SettingsFile(Path path) {

    /** Larger files are no settings. */
    private static final long LARGEST = 1 << 20;

    String name() {
        return String.valueOf(path.getFileName());
    }

    /** How its layer is called in the environment. */
    String layer() {
        return "file " + name();
    }

    /**
     * What it says, with the place of each setting.
     *
     * @throws UnusableSettingsException where it cannot be read
     */
    OriginTrackedMapPropertySource read() {
        var values = new LinkedHashMap<String, Object>();
        if (Files.exists(path)) {
            try {
                if (Files.size(path) > LARGEST) {
                    throw new UnusableSettingsException(List.of(name() + " has more than " + LARGEST + " bytes"));
                }
                for (PropertySource<?> document : new YamlPropertySourceLoader().load(name(),
                        new FileSystemResource(path))) {
                    if (document instanceof OriginTrackedMapPropertySource source) {
                        values.putAll(source.getSource());
                    }
                }
            } catch (MarkedYAMLException e) {
                Mark mark = e.getProblemMark();
                String place = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
                throw new UnusableSettingsException(List.of(name() + place + ": " + e.getProblem()));
            } catch (YAMLException | IllegalStateException e) {
                throw new UnusableSettingsException(List.of(name() + ": " + e.getMessage()));
            } catch (IOException e) {
                throw new UnusableSettingsException(List.of(name() + " cannot be read: " + e.getMessage()));
            }
        }
        return source(values);
    }

    /** A layer of the environment with these values. */
    OriginTrackedMapPropertySource source(Map<String, Object> values) {
        return new OriginTrackedMapPropertySource(layer(), Map.copyOf(values), true);
    }

    /** {@code objectos.yml:3:5}, or the name alone. */
    static String place(String layer, @Nullable Origin origin) {
        String name = layer.startsWith("file ") ? layer.substring("file ".length()) : layer;
        return innermost(origin) instanceof TextResourceOrigin text && text.getLocation() != null
                ? name + ":" + (text.getLocation().getLine() + 1) + ":" + (text.getLocation().getColumn() + 1)
                : name;
    }

    /** What Spring has wrapped into the name of a layer. */
    static @Nullable Origin innermost(@Nullable Origin origin) {
        return origin instanceof PropertySourceOrigin wrapped && wrapped.getOrigin() != null
                ? wrapped.getOrigin()
                : origin;
    }
}
