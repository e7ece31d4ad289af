package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.database.GatheringSender;
import dev.objectos.runtime.database.NoticeListener;
import dev.objectos.runtime.database.NoticeSender;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes over the database what to forget, and is told by them. What is to be told within a moment is told
 * together, never in the transaction of a write.
 */
final class CacheNotices implements Neighbours, NoticeListener.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(CacheNotices.class);

    private static final String CHANNEL = "objectos_cache";

    private final String node = UUID.randomUUID().toString();
    private final NoticeSender notices;
    private final NoticeListener listener;
    private Consumer<Invalidation> forget = _ -> {};
    private Runnable forgetEverything = () -> {};
    private final GatheringSender<Invalidation> sender = new GatheringSender<>("objectos-cache-notices", this::send,
            CacheNotices::caches);

    /**
     * @param worker connections to tell the others
     * @param direct connections past any pool
     */
    CacheNotices(DataSource worker, DataSource direct) {
        notices = new NoticeSender(worker, CHANNEL);
        listener = new NoticeListener(direct, CHANNEL, "objectos-cache-listen", this);
    }

    @Override
    public void start(Consumer<Invalidation> toForget, Runnable toForgetEverything) {
        forget = toForget;
        forgetEverything = toForgetEverything;
        listener.listen();
        sender.start();
    }

    @Override
    public void tell(Invalidation invalidation) {
        sender.say(invalidation);
    }

    /** Whole caches instead. */
    static Collection<Invalidation> caches(Collection<Invalidation> invalidations) {
        return invalidations.stream().map(each -> Invalidation.all(each.cache())).distinct().toList();
    }

    private boolean send(List<Invalidation> now) {
        return notices.send(now.stream().map(each -> each.payload(node)).distinct().toList());
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
    @Override
    public void close() {
        listener.close();
        sender.close();
    }
}
