package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.background.Ending;
import dev.objectos.runtime.database.NoticeListener;
import dev.objectos.runtime.database.Retries;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionException;

/** Hears of metadata that was edited on other nodes; what it misses is found by asking the database every second. */
public final class EditWatch implements NoticeListener.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(EditWatch.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final EditedMetadata metadata;
    private final NoticeListener listener;
    private final ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(2,
            Thread.ofPlatform().daemon().name("objectos-metadata-", 0).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private final Retries retries = new Retries(LOG, "Metadata that was edited elsewhere could not be published here");
    private final Retries tidying = new Retries(LOG, "What was given up of the metadata could not be done away with");

    /** @param direct connections past any pool */
    public EditWatch(EditedMetadata metadata, DataSource direct) {
        this.metadata = metadata;
        this.listener = new NoticeListener(direct, VersionStore.CHANNEL, "objectos-metadata-listen", this);
    }

    public void start() {
        listener.listen();
        var _ = executor.scheduleWithFixedDelay(this::follow, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(),
                TimeUnit.MILLISECONDS);
        // By itself: others must see that this node lives while it publishes, however long that takes.
        var _ = executor.scheduleWithFixedDelay(() -> tidying.attempt(metadata::tidy), BETWEEN_LOOKS.toMillis(),
                BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void listening() {
        executor.execute(this::follow);
    }

    @Override
    public void notice(String payload) {
        if (!payload.equals(metadata.node())) {
            executor.execute(this::follow);
        }
    }

    private void follow() {
        retries.attempt(metadata::follow);
    }

    public void stop() {
        listener.close();
        Ending.of(executor, BETWEEN_LOOKS.multipliedBy(10));
        try {
            metadata.leave();
        } catch (PlatformException | TransactionException e) {
            LOG.debug("This node could not say that it goes; others wait until they see it", e);
        }
    }
}
