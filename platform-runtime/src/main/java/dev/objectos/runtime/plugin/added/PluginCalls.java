package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.DeliveryPolicy;
import dev.objectos.runtime.event.PostponedException;
import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.resource.Call;
import dev.objectos.runtime.resource.CallKind;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.CallGuard;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How the server calls the beans of one added plugin.
 *
 * @param patience how long a call that holds others up waits for a free thread
 */
record PluginCalls(Bulkhead bulkhead, Duration patience) {

    private static final Duration LATER = Duration.ofSeconds(1);

    /** Whether a bean has code of its own for a method that does nothing by default. */
    static boolean hasOwn(Object bean, Class<?> type, String method, Class<?>... parameters) {
        try {
            return bean.getClass().getMethod(method, parameters).getDeclaringClass() != type;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no " + method, e);
        }
    }

    /** In the way of a change; nothing but what the code refuses with, or that it did not end well, comes out of it. */
    void intercept(String what, Session session, Runnable code) {
        var call = new Call(CallKind.HOOK, "The plugin " + bulkhead.plugin() + " before the " + what,
                bulkhead.limits().handlerTime(), patience, true);
        try {
            bulkhead.call(call, () -> ScopedValue.where(Session.CURRENT, session).call(() -> {
                code.run();
                return true;
            }));
        } catch (PlatformException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new PlatformException(RuntimeError.PLUGIN_FAILED, call.what() + " failed; nothing was done", e);
        }
    }

    /** For whoever runs an action, who is told what the code gives; nothing but what it refuses with, or that it did not end well. */
    <T extends @Nullable Object> T act(String action, Session session, Callable<T> code) {
        return answer(new Call(CallKind.ENDPOINT, "The plugin " + bulkhead.plugin() + " in the action " + action,
                bulkhead.limits().handlerTime(), patience, false), session, code);
    }

    /** The same for a client of a protocol, which waits in the plugin's queue. */
    <T extends @Nullable Object> T serve(Session session, Callable<T> code) {
        Duration limit = bulkhead.limits().handlerTime();
        return answer(new Call(CallKind.ENDPOINT, "The plugin " + bulkhead.plugin() + " for a client", limit, limit,
                false), session, code);
    }

    private <T extends @Nullable Object> T answer(Call call, Session session, Callable<T> code) {
        try {
            return bulkhead.call(call, () -> ScopedValue.where(Session.CURRENT, session).call(code::call));
        } catch (PlatformException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new PlatformException(RuntimeError.PLUGIN_FAILED, call.what() + " failed", e);
        }
    }

    /** After a change. */
    void listen(Runnable code) throws Exception {
        bulkhead.call(new Call(CallKind.LISTENER, "A listener of the plugin " + bulkhead.plugin(),
                bulkhead.limits().handlerTime(), patience, true), () -> {
                    code.run();
                    return true;
                });
    }

    /** In a thread of the delivery of events, which sees to it that the code ends. */
    void handle(Callable<?> code) throws Exception {
        try {
            bulkhead.here(CallKind.SUBSCRIBER, patience, code);
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.PLUGIN_SUSPENDED || e.code() == RuntimeError.RATE_LIMITED) {
                throw new PostponedException(LATER, e.message());
            }
            throw e;
        }
    }

    /** A subscriber gets no more of the server than its plugin. */
    DeliveryPolicy within(DeliveryPolicy policy) {
        DeliveryPolicy result = policy
                .withConcurrency(Math.min(policy.concurrency(), bulkhead.limits().concurrency()));
        return policy.timeout().compareTo(bulkhead.limits().handlerTime()) > 0
                ? result.withTimeout(bulkhead.limits().handlerTime())
                : result;
    }

    /** For requests: waits in the plugin's queue, and returns only when nothing touches request and answer any more. */
    CallGuard requests() {
        Duration limit = bulkhead.limits().handlerTime();
        var call = new Call(CallKind.ENDPOINT, "The plugin " + bulkhead.plugin(), limit, limit, false);
        return code -> bulkhead.call(call, () -> {
            code.run();
            return true;
        });
    }
}
