package dev.objectos.runtime.hook;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.resource.Call;
import dev.objectos.runtime.resource.CallKind;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the hooks of one plugin.
 *
 * @param timeout of one call
 * @param patience how long it waits for a free thread
 */
record HookCaller(Bulkhead bulkhead, Duration timeout, Duration patience) {

    private static final Logger LOG = LoggerFactory.getLogger(HookCaller.class);

    /**
     * @param hook its name
     * @param moment as in {@code before the change of accounts}
     * @throws PlatformException what the hook refuses with, or that it did not end well or in time
     */
    <T extends @Nullable Object> T call(String hook, String moment, Callable<T> code) {
        var call = new Call(CallKind.HOOK, "The hook " + hook + " " + moment, timeout, patience, true);
        try {
            return bulkhead.call(call, code);
        } catch (PlatformException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new PlatformException(RuntimeError.PLUGIN_FAILED, call.what() + " failed; nothing was done", e);
        }
    }

    /** The same on behalf of a session. */
    <T extends @Nullable Object> T call(String hook, String moment, Session session, Callable<T> code) {
        return call(hook, moment, () -> ScopedValue.where(Session.CURRENT, session).call(code::call));
    }

    /** Calls a hook whose failure changes nothing any more. */
    void tell(String hook, String moment, Callable<?> code) {
        try {
            call(hook, moment, code);
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.PLUGIN_SUSPENDED) {
                LOG.debug("The hook {} {}: {}", hook, moment, e.message());
            } else {
                LOG.warn("The hook {} {}: {}", hook, moment, e.message(), e.getCause());
            }
        }
    }
}
