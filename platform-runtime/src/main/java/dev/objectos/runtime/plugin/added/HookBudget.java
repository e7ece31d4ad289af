package dev.objectos.runtime.plugin.added;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How long a step of a plugin's own code may take. Each runs in a thread of its own, which is interrupted when its time is up;
 * nobody waits for it any longer.
 */
record HookBudget(Duration time) {

    HookBudget {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("a step of a plugin needs time, not " + time);
        }
    }

    /**
     * Does a step, and throws what it throws.
     *
     * @param step names it for people, such as {@code onEnable of acme-loyalty}
     */
    void run(String step, ClassLoader classes, Runnable work) {
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread thread = Thread.ofPlatform().daemon().name("objectos-" + step.replace(' ', '-')).unstarted(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.setContextClassLoader(classes);
        thread.start();
        try {
            if (!thread.join(time)) {
                thread.interrupt();
                throw new IllegalStateException(step + " took longer than " + time.toMillis() + " ms");
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(step + " was interrupted", e);
        }
        switch (failure.get()) {
            case null -> {
            }
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new IllegalStateException(thrown);
        }
    }
}
