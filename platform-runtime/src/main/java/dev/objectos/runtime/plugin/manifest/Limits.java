package dev.objectos.runtime.plugin.manifest;

import java.time.Duration;

/**
 * How much of the server a plugin may use.
 *
 * @param concurrency handlers that run at the same time
 * @param handlerTime how long one of them may run
 * @param queue calls that may wait
 * @param storage bytes that it may keep
 * @param databaseTime how long one statement may take
 */
public record Limits(int concurrency, Duration handlerTime, int queue, long storage, Duration databaseTime) {

    /** Where the manifest says nothing. */
    public static final Limits DEFAULT = new Limits(8, Duration.ofSeconds(10), 1_000, 100L << 20,
            Duration.ofSeconds(5));
}
