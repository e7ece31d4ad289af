package dev.objectos.server.plugin;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Plugins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the plugins. The official client calls them packages and reads {@code manifest}, {@code status} and {@code enabled}. */
@RestController
@RequestMapping("/api/plugins")
public final class PluginController {

    private final Plugins plugins;

    public PluginController(Plugins plugins) {
        this.plugins = plugins;
    }

    @GetMapping
    Map<String, Object> list(@SuppressWarnings("unused") Session session) {
        List<Map<String, Object>> rows = plugins.summaries().stream().map(PluginController::row).toList();
        return Map.of("plugins", rows, "packages", rows, "total", rows.size());
    }

    @GetMapping("/{id}")
    Map<String, Object> get(@PathVariable("id") String id, @SuppressWarnings("unused") Session session) {
        return plugins.summaries().stream().filter(plugin -> plugin.id().equals(id)).findFirst()
                .map(plugin -> Map.<String, Object>of("package", row(plugin)))
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no plugin " + id));
    }

    private static Map<String, Object> row(PluginSummary plugin) {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("id", plugin.id());
        manifest.put("name", plugin.name());
        manifest.put("version", plugin.version());
        manifest.put("description", plugin.description());
        manifest.put("publisher", plugin.publisher());
        manifest.put("dependencies", plugin.dependencies());
        var row = new LinkedHashMap<String, Object>(manifest);
        row.put("manifest", manifest);
        row.put("status", plugin.state().toLowerCase(Locale.ROOT));
        row.put("enabled", plugin.state().equals("ENABLED"));
        return row;
    }
}
