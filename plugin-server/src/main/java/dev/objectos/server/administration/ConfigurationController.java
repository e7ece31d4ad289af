package dev.objectos.server.administration;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ServerConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The settings with which the server runs, who says so, and what waits for a restart. */
@RestController
@RequestMapping("/api/configuration")
public final class ConfigurationController {

    private final ServerConfiguration configuration;

    public ConfigurationController(ServerConfiguration configuration) {
        this.configuration = configuration;
    }

    @GetMapping
    Map<String, Object> show(Session session) {
        session.require(SystemPermission.VIEW_SERVER, "Settings are for platform administrators");
        ServerConfiguration.Report report = configuration.report();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("profile", report.profile());
        answer.put("files", report.files());
        answer.put("problems", report.problems());
        answer.put("waiting", report.waiting());
        answer.put("settings", report.settings().stream().map(ConfigurationController::row).toList());
        return answer;
    }

    private static Map<String, @Nullable Object> row(ServerConfiguration.Setting setting) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("name", setting.name());
        row.put("value", setting.value());
        row.put("source", setting.source());
        row.put("live", setting.live());
        if (!setting.live()) {
            row.put("fixed", setting.fixed());
        }
        return row;
    }

    /** A JSON Schema of the files of settings. */
    @GetMapping("/schema")
    Map<String, Object> schema(@SuppressWarnings("unused") Session session) {
        return configuration.schema();
    }
}
