package dev.objectos.runtime.health;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something later; tests do it when their clock says so. */
@FunctionalInterface
public interface Delays {

    /** @return keeps the work from being begun */
    Runnable after(Duration delay, Runnable work);

    static Delays of(ScheduledExecutorService scheduler) {
        return (delay, work) -> {
            var task = scheduler.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        };
    }
}
