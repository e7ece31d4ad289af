package dev.objectos.runtime.resource;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.plugin.manifest.Limits;
import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.StatementMeter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What every call into the code of one plugin passes: so many at once, so many that wait, so long. The code runs in platform
 * threads, for one that never ends would take a carrier from every virtual thread of the server. A call out of the plugin's
 * own code, by whatever way, takes part in the call that is under way.
 */
public final class Bulkhead implements AutoCloseable {

    /** Through whose code the current thread has come. */
    private static final ScopedValue<Inside> INSIDE = ScopedValue.newInstance();

    private final String plugin;
    private final Limits limits;
    private final Watch watch;
    private final PluginMeters meters;
    private final Slots slots;
    private final @Nullable ClassLoader classes;
    private final ThreadPoolExecutor threads;
    private final StatementMeter statements = new Statements();

    /** @param classes of the plugin; null: those of the server */
    Bulkhead(String plugin, Limits limits, Watch watch, PluginMeters meters, @Nullable ClassLoader classes) {
        this.plugin = plugin;
        this.limits = limits;
        this.watch = watch;
        this.meters = meters;
        this.slots = new Slots(limits.concurrency(), limits.queue());
        this.classes = classes;
        var factory = Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false)
                .name("objectos-plugin-" + plugin + "-", 1).factory();
        // The slots bound their number.
        this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                factory);
    }

    /** Hears of what a plugin exceeds, and knows how it stands. */
    interface Watch {

        Standing standing();

        void exceeded(Limit limit, String what);

        /** How long is left of that standing. */
        Duration left(Standing standing);
    }

    private record Inside(Bulkhead bulkhead, @Nullable Inside outer) {

        boolean contains(Bulkhead other) {
            return bulkhead == other || outer != null && outer.contains(other);
        }
    }

    public String plugin() {
        return plugin;
    }

    /** What the plugin is granted. */
    public Limits limits() {
        return limits;
    }

    int running() {
        return slots.running();
    }

    int waiting() {
        return slots.waiting();
    }

    Standing standing() {
        return watch.standing();
    }

    /**
     * Calls the plugin's code in a thread of its own and waits for it.
     *
     * @throws PlatformException {@code PLUGIN_TIMEOUT}, {@code PLUGIN_SUSPENDED} or {@code RATE_LIMITED}
     * @throws Exception whatever the code throws
     */
    public <T extends @Nullable Object> T call(Call call, Callable<T> code) throws Exception {
        if (isInside()) {
            return code.call();
        }
        enter(call.patience());
        ScopedValue.Carrier scope = scope();
        var mdc = MDC.getCopyOfContextMap();
        var usage = new Usage(call.kind());
        var work = new Work<T>(() -> {
            usage.begin();
            if (mdc != null) {
                MDC.setContextMap(mdc);
            }
            return scope.call(code::call);
        }, () -> {
            MDC.clear();
            usage.end();
            slots.leave();
        });
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            slots.leave();
            throw new PlatformException(RuntimeError.UNAVAILABLE, "The plugin " + plugin + " has just been taken away",
                    e);
        }
        return await(call, work);
    }

    private <T extends @Nullable Object> T await(Call call, Work<T> work) throws Exception {
        Duration limit = LimitProperties.shorter(call.limit(), limits.handlerTime());
        boolean inTime;
        try {
            inTime = work.await(limit);
        } catch (InterruptedException e) {
            work.interrupt();
            if (!call.deserted()) {
                work.awaitEnd();
            }
            Thread.currentThread().interrupt();
            throw new PlatformException(RuntimeError.UNAVAILABLE, call.what() + " was interrupted", e);
        }
        if (!inTime) {
            work.interrupt();
            String late = call.what() + " took longer than " + limit.toMillis() + " ms";
            watch(Limit.HANDLER_TIME, late);
            if (!call.deserted()) {
                work.awaitEnd();
            }
            if (call.deserted() || work.failed()) {
                throw new PlatformException(RuntimeError.PLUGIN_TIMEOUT, late);
            }
        }
        return work.result();
    }

    /**
     * Calls the plugin's code in the current thread, which must be one that it may hold up, and whose owner sees to it that
     * it ends.
     */
    public <T extends @Nullable Object> T here(CallKind kind, Duration patience, Callable<T> code) throws Exception {
        if (isInside()) {
            return code.call();
        }
        enter(patience);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        var usage = new Usage(kind);
        usage.begin();
        try {
            thread.setContextClassLoader(classes == null ? before : classes);
            return scope().call(code::call);
        } finally {
            thread.setContextClassLoader(before);
            long nanos = usage.end();
            slots.leave();
            if (nanos > limits.handlerTime().toNanos()) {
                watch(Limit.HANDLER_TIME, "A " + kind.word() + " took " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
            }
        }
    }

    /** Whether the current thread has come through this plugin's code. */
    private boolean isInside() {
        return INSIDE.isBound() && INSIDE.get().contains(this);
    }

    private void enter(Duration patience) {
        Standing standing = watch.standing();
        if (standing.kind() == Standing.Kind.SUSPENDED) {
            meters.refused();
            throw new PlatformException(RuntimeError.PLUGIN_SUSPENDED,
                    "The plugin " + plugin + " is suspended; try again later")
                    .with("retryAfter", Math.max(1, watch.left(standing).toSeconds()));
        }
        slots.allow(standing.kind() == Standing.Kind.THROTTLED ? 1 : limits.concurrency());
        switch (admission(patience)) {
            case ADMITTED -> {
            }
            case NONE_FREE -> throw busy();
            case QUEUE_FULL -> {
                watch(Limit.QUEUE, "More than " + limits.queue() + " calls waited");
                throw busy();
            }
        }
    }

    private Slots.Admission admission(Duration patience) {
        try {
            return slots.enter(patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(RuntimeError.UNAVAILABLE, "The call was interrupted", e);
        }
    }

    private PlatformException busy() {
        meters.refused();
        return new PlatformException(RuntimeError.RATE_LIMITED,
                "The plugin " + plugin + " has too much to do at the moment; try again");
    }

    private ScopedValue.Carrier scope() {
        var scope = ScopedValue.where(INSIDE, new Inside(this, INSIDE.isBound() ? INSIDE.get() : null))
                .where(StatementMeter.CURRENT, statements);
        if (RequestOrigin.CURRENT.isBound()) {
            scope = scope.where(RequestOrigin.CURRENT, RequestOrigin.CURRENT.get());
        }
        return Session.CURRENT.isBound() ? scope.where(Session.CURRENT, Session.CURRENT.get()) : scope;
    }

    private void watch(Limit limit, String what) {
        meters.violated(limit);
        watch.exceeded(limit, what);
    }

    /** Takes no further call; those under way end, or are interrupted when their time is over. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** What a call uses; begun and ended in the thread that runs it. */
    private final class Usage {

        private final CallKind kind;
        private long begun;
        private @Nullable ThreadUsage before;

        Usage(CallKind kind) {
            this.kind = kind;
        }

        void begin() {
            before = ThreadUsage.now();
            begun = System.nanoTime();
        }

        /** @return nanoseconds since the beginning */
        long end() {
            ThreadUsage since = before;
            if (since == null) {
                return 0;
            }
            long nanos = System.nanoTime() - begun;
            meters.called(kind, nanos, ThreadUsage.now().since(since));
            return nanos;
        }
    }

    /** The account of the statements that the plugin's code sends. */
    private final class Statements implements StatementMeter {

        @Override
        public Duration longest() {
            return limits.databaseTime();
        }

        @Override
        public void took(long nanoseconds) {
            meters.statement(nanoseconds);
            if (nanoseconds > limits.databaseTime().toNanos()) {
                watch(Limit.DATABASE_TIME,
                        "A statement took " + TimeUnit.NANOSECONDS.toMillis(nanoseconds) + " ms");
            }
        }
    }
}
