package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.database.NoticeListener;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.impl.DSL;

/**
 * Tells other nodes that there is more than this one takes or that the change log has grown, and is told by them. Nobody relies on it: what it misses is found
 * by polling.
 */
final class NodeNotices implements NoticeListener.Hearer {

    private static final String CHANNEL = "objectos_events";

    /** A notice takes a lock of the whole cluster while it commits, so it is sent rarely and never by a write. */
    static final long BETWEEN_NOTICES_MILLIS = 50;

    private static final long BETWEEN_NOTICES = TimeUnit.MILLISECONDS.toNanos(BETWEEN_NOTICES_MILLIS);

    private final String node = UUID.randomUUID().toString();
    private final EventDatabase database;
    private final CommitSignal commits;
    private final NoticeListener listener;
    private long sent = System.nanoTime() - BETWEEN_NOTICES;

    /** @param direct connections past any pool */
    NodeNotices(EventDatabase database, DataSource direct, CommitSignal commits) {
        this.database = database;
        this.commits = commits;
        listener = new NoticeListener(direct, CHANNEL, "objectos-events-listen", this);
    }

    void listen() {
        listener.listen();
    }

    /** Tells the others, unless that was done just now; then it has to be asked for again. @return whether it was done */
    boolean send() {
        long now = System.nanoTime();
        if (now - sent < BETWEEN_NOTICES) {
            return false;
        }
        sent = now;
        database.sql().execute("SELECT pg_notify({0}, {1})", DSL.val(CHANNEL), DSL.val(node));
        return true;
    }

    /** There is what was said while nobody listened. */
    @Override
    public void listening() {
        wake();
    }

    @Override
    public void notice(String payload) {
        if (!node.equals(payload)) {
            wake();
        }
    }

    private void wake() {
        commits.wakeUp().signal();
        commits.logged();
    }

    void close() {
        listener.close();
    }
}
