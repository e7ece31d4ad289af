package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.database.NoticeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what to forget, and is told by them. What is to be told within a moment is told together, never in the
 * transaction of a write, and again until the database has taken it.
 */
final class CacheNotices implements NoticeListener.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(CacheNotices.class);

    private static final String CHANNEL = "objectos_cache";

    /** A notice takes a lock of the whole cluster while it commits. */
    private static final Duration BETWEEN_NOTICES = Duration.ofMillis(50);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** From so many on, whole caches are forgotten instead. */
    static final int MOST = 1_000;

    private final String node = UUID.randomUUID().toString();
    private final DSLContext sql;
    private final NoticeListener listener;
    private final Consumer<Invalidation> forget;
    private final Runnable forgetEverything;
    private final Thread sender = Thread.ofVirtual().name("objectos-cache-notices").unstarted(this::send);
    private final Set<Invalidation> pending = new LinkedHashSet<>();
    private boolean closed;

    /**
     * @param worker connections to tell the others
     * @param direct connections past any pool
     * @param forget on this node alone
     * @param forgetEverything because something may have been missed
     */
    CacheNotices(DataSource worker, DataSource direct, Consumer<Invalidation> forget, Runnable forgetEverything) {
        sql = DSL.using(worker, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
        this.forget = forget;
        this.forgetEverything = forgetEverything;
        listener = new NoticeListener(direct, CHANNEL, "objectos-cache-listen", this);
    }

    void start() {
        listener.listen();
        sender.start();
    }

    void tell(Invalidation invalidation) {
        synchronized (pending) {
            add(List.of(invalidation));
            pending.notifyAll();
        }
    }

    private void add(List<Invalidation> more) {
        pending.addAll(more);
        if (pending.size() > MOST) {
            List<Invalidation> caches = pending.stream().map(each -> Invalidation.all(each.cache())).distinct()
                    .toList();
            pending.clear();
            pending.addAll(caches);
        }
    }

    private List<Invalidation> take() {
        synchronized (pending) {
            var taken = new ArrayList<>(pending);
            pending.clear();
            return taken;
        }
    }

    private void send() {
        try {
            while (awaitPending()) {
                TimeUnit.NANOSECONDS.sleep((send(take()) ? BETWEEN_NOTICES : BETWEEN_TRIES).toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false once there is nothing to wait for any more */
    private boolean awaitPending() throws InterruptedException {
        synchronized (pending) {
            while (pending.isEmpty() && !closed) {
                pending.wait();
            }
            return !closed;
        }
    }

    private boolean send(List<Invalidation> now) {
        try {
            sql.execute("SELECT pg_notify({0}, notice) FROM unnest({1}) AS notice", DSL.val(CHANNEL),
                    DSL.val(now.stream().map(each -> each.payload(node)).distinct().toArray(String[]::new)));
            return true;
        } catch (DataAccessException e) {
            LOG.debug("Other nodes could not be told what to forget; it is tried again", e);
            synchronized (pending) {
                add(now);
            }
            return false;
        }
    }

    @Override
    public void listening() {
        forgetEverything.run();
    }

    @Override
    public void lost() {
        LOG.warn("Other nodes are not heard for the moment; the caches are cleared");
        forgetEverything.run();
    }

    @Override
    public void notice(String payload) {
        Invalidation invalidation = Invalidation.of(payload, node);
        if (invalidation != null) {
            forget.accept(invalidation);
        }
    }

    /** What is yet to be told is told before. */
    void close() {
        listener.close();
        // An interrupt would break the connection that it sends over.
        synchronized (pending) {
            closed = true;
            pending.notifyAll();
        }
        try {
            sender.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        List<Invalidation> rest = take();
        if (!rest.isEmpty()) {
            send(rest);
        }
    }
}
