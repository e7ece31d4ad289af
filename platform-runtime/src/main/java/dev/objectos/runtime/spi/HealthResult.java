package dev.objectos.runtime.spi;

/**
 * What a probe found.
 *
 * @param message for administrators; names what was measured
 */
public record HealthResult(HealthStatus status, String message) {

    public static HealthResult up(String message) {
        return new HealthResult(HealthStatus.UP, message);
    }

    public static HealthResult degraded(String message) {
        return new HealthResult(HealthStatus.DEGRADED, message);
    }

    public static HealthResult down(String message) {
        return new HealthResult(HealthStatus.DOWN, message);
    }
}
