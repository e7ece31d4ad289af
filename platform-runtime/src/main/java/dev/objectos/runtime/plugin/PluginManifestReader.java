package dev.objectos.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.springframework.core.io.Resource;

/** Reads a plugin's manifest, or says what is wrong with it. */
final class PluginManifestReader {

    PluginManifest read(Resource resource) {
        try (InputStream input = resource.getInputStream()) {
            Object root = new Load(LoadSettings.builder().setLabel(resource.getDescription()).build())
                    .loadFromInputStream(input);
            if (!(root instanceof Map<?, ?> keys)) {
                throw new InvalidPluginException(
                        resource.getDescription() + ": a manifest is a map with id, name, version");
            }
            return manifest(keys);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new InvalidPluginException(resource.getDescription() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PluginManifest manifest(Map<?, ?> keys) {
        String id = required(keys, "id");
        return new PluginManifest(id, optional(keys, "name", id), required(keys, "version"),
                optional(keys, "description", ""), optional(keys, "publisher", ""),
                dependencies(keys.get("dependencies")));
    }

    private static Map<String, String> dependencies(@Nullable Object value) {
        var dependencies = new LinkedHashMap<String, String>();
        if (value == null) {
            return dependencies;
        }
        if (!(value instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException("dependencies must be a map such as {objectos-auth: '^1.0.0'}");
        }
        entries.forEach((id, range) -> dependencies.put(String.valueOf(id), String.valueOf(range)));
        return dependencies;
    }

    private static String required(Map<?, ?> keys, String key) {
        Object value = keys.get(key);
        if (value == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return value.toString();
    }

    private static String optional(Map<?, ?> keys, String key, String otherwise) {
        Object value = keys.get(key);
        return value == null ? otherwise : value.toString();
    }
}
