package dev.objectos.runtime.spi;

/** How something is doing, from best to worst. */
public enum HealthStatus {
    /** As it should. */
    UP,
    /** It works, but somebody should look at it. */
    DEGRADED,
    /** It does not work. */
    DOWN
}
