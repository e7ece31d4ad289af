package dev.objectos.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/** What ends with the JVM, one after another, the latest first: servers before the database that they use. */
public final class AtExit {

    private static final Deque<AutoCloseable> ENDINGS = new ArrayDeque<>();

    private AtExit() {}

    /** Has something closed. */
    public static synchronized void close(AutoCloseable ending) {
        if (ENDINGS.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "tests-at-exit"));
        }
        ENDINGS.push(ending);
    }

    private static synchronized void closeAll() {
        for (AutoCloseable ending : ENDINGS) {
            try {
                ending.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(AtExit.class).warn("could not be closed", e);
            }
        }
    }
}
