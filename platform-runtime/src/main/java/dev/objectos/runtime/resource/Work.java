package dev.objectos.runtime.resource;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call into a plugin's code on its way through one of the plugin's threads. */
final class Work<T extends @Nullable Object> implements Runnable {

    private final Callable<T> call;
    private final Runnable atEnd;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean unwanted;
    // Written before the latch opens, read after it.
    private @Nullable T result;
    private @Nullable Throwable failure;

    /** @param atEnd what follows in any case, in the same thread */
    Work(Callable<T> call, Runnable atEnd) {
        this.call = call;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        try {
            begin();
            result = call.call();
        } catch (Throwable e) {
            // A plugin may throw anything; its caller is told.
            failure = e;
        } finally {
            end();
            atEnd.run();
            ended.countDown();
        }
    }

    private synchronized void begin() throws InterruptedException {
        if (unwanted) {
            throw new InterruptedException("nobody waits for it any more");
        }
        thread = Thread.currentThread();
    }

    private synchronized void end() {
        thread = null;
        // What is left of an interruption must not reach the thread's next work.
        Thread.interrupted();
    }

    synchronized void interrupt() {
        unwanted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** @return whether it has ended in time */
    boolean await(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until it has ended, however long that takes; an interruption is handed on to it. */
    void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
                interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean failed() {
        return failure != null;
    }

    /** What came of it, once it has ended. */
    @SuppressWarnings("NullAway") // null where T may be
    T result() throws Exception {
        switch (failure) {
            case null -> {
                return result;
            }
            case Exception exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
