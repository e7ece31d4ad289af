package dev.objectos.server.administration;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.ProbeHealth;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every probe with its latest answers. */
@RestController
@RequestMapping("/api/health")
public final class HealthController {

    private final Health health;

    public HealthController(Health health) {
        this.health = health;
    }

    @GetMapping
    Map<String, Object> show(Session session) {
        session.require(SystemPermission.VIEW_SERVER, "Health is for platform administrators");
        return Map.of("status", word(health.status()), "probes",
                health.probes().stream().map(HealthController::row).toList());
    }

    private static Map<String, @Nullable Object> row(ProbeHealth probe) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        Instant since = probe.since();
        row.put("name", probe.name());
        row.put("owner", probe.owner());
        row.put("critical", probe.critical());
        row.put("status", word(probe.status()));
        row.put("message", probe.message());
        row.put("since", since == null ? null : since.toString());
        row.put("failures", probe.failures());
        row.put("breaker", probe.breaker().toLowerCase(Locale.ROOT));
        row.put("history", probe.history().stream().map(HealthController::row).toList());
        return row;
    }

    private static Map<String, Object> row(ProbeHealth.Sample sample) {
        var row = new LinkedHashMap<String, Object>();
        row.put("at", sample.at().toString());
        row.put("status", word(sample.status()));
        row.put("message", sample.message());
        row.put("milliseconds", sample.took().toMillis());
        return row;
    }

    private static String word(HealthStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
