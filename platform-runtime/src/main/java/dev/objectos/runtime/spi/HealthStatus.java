package dev.objectos.runtime.spi;

/** How something is doing, from best to worst. */
public enum HealthStatus {

    /** As it should. */
    UP(0),
    /** It works, but somebody should look at it. */
    DEGRADED(1),
    /** It does not work. */
    DOWN(2);

    private final int level;

    HealthStatus(int level) {
        this.level = level;
    }

    /** As metrics say it: 0 is well, higher is worse. */
    public int level() {
        return level;
    }
}
