package dev.objectos.runtime.event;

import java.util.Locale;

/**
 * A probe has found that something does better or worse; its name ends with how it does now, as in {@code health.degraded}.
 *
 * @param from {@code UP}, {@code DEGRADED} or {@code DOWN}
 * @param to likewise
 */
public record HealthChanged(String probe, String owner, String from, String to,
        String message) implements PlatformEvent {

    @Override
    public String name() {
        return "health." + to.toLowerCase(Locale.ROOT);
    }
}
