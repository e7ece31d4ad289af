package dev.objectos.runtime.plugin.protocol;

import dev.objectos.runtime.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How a plugin's code is called for what its clients want, so that it stays within what it may use. */
@FunctionalInterface
public interface ClientCalls {

    /** Does one thing in the name of a session, as {@link dev.objectos.runtime.spi.ProtocolClient#run} says. */
    <T extends @Nullable Object> T run(Session session, Callable<T> work);
}
