package dev.objectos.runtime.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How reads share the database.
 *
 * @param concurrent how many run at a time, before others wait; null: one more than there are cores where the database is
 *     the embedded one, which shares them, and otherwise as many as there are connections
 */
@ConfigurationProperties("objectos.reads")
record ReadProperties(@Nullable Integer concurrent) {

    ReadProperties {
        if (concurrent != null && concurrent < 1) {
            throw new IllegalArgumentException("objectos.reads.concurrent: at least 1 read has to run at a time");
        }
    }

    int places(boolean embedded, int connections) {
        if (concurrent != null) {
            return concurrent;
        }
        return embedded ? Math.min(connections, Runtime.getRuntime().availableProcessors() + 1) : connections;
    }
}
