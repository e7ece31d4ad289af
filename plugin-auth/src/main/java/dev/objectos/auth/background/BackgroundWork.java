package dev.objectos.auth.background;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.MessageQueue;
import dev.objectos.runtime.coordination.PluginCoordination;
import dev.objectos.runtime.coordination.ReceivedMessage;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does in the background what requests leave in a durable queue, on any node, until it is done. A request that leaves work takes the same
 * time whatever the work will be.
 */
public final class BackgroundWork implements SmartLifecycle {

    /** With the pauses between them some six hours, in which a mail server may come back. */
    public static final int ATTEMPTS = 40;

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    private static final int TOGETHER = 10;
    private static final Duration VISIBILITY = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int MAX_DOUBLINGS = 10;
    private static final int STOP_SECONDS = 10;
    private static final Rests RESTS = new Rests(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

    /** After the metadata is published, before requests are taken. */
    private static final int PHASE = 100;

    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {
    };

    private final PluginCoordination own;
    private final MessageQueue queue;
    private final Supplier<List<BackgroundTask>> tasks;
    private final Rounds rounds = new Rounds("objectos-auth-background", RESTS,
            "Work of identity waits: its queue cannot be read", this::workOn);

    /**
     * @param own of this run alone; closed with it
     * @param name of the queue
     * @param tasks that there are; asked for when work is done, for they leave work themselves
     */
    public BackgroundWork(PluginCoordination own, String name, Supplier<List<BackgroundTask>> tasks) {
        this.own = own;
        this.queue = own.queue(name, ATTEMPTS);
        this.tasks = tasks;
    }

    /** What the queue carries. */
    record Work(String kind, Map<String, String> details) {}

    /** Leaves work; it is safe when this returns. */
    public void leave(String kind, Map<String, String> details) {
        queue.send(Message.of(StoredValue.json(JsonMapper.shared().writeValueAsString(new Work(kind, details)))));
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        rounds.start();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    @Override
    public void stop() {
        rounds.end();
        try {
            // What is closed lets nobody wait, but may be waited on anew.
            boolean over = false;
            for (int i = 0; i < STOP_SECONDS && !over; i++) {
                own.close();
                over = rounds.isOver(Duration.ofSeconds(1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOn() throws InterruptedException {
        queue.receive(TOGETHER, VISIBILITY, PATIENCE).forEach(this::work);
    }

    private void work(ReceivedMessage message) {
        String kind = "?";
        try {
            var json = JsonMapper.shared().readTree(message.body().bytes());
            kind = json.path("kind").asString("?");
            perform(kind, JsonMapper.shared().convertValue(json.path("details"), DETAILS));
            message.acknowledge();
        } catch (PostponedException e) {
            message.giveBack(delay(message.attempt()), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (rounds.isRunning()) {
                LOG.warn("'{}' failed at attempt {} of {}: {}", kind, message.attempt(), ATTEMPTS, e.toString());
                LOG.debug("The cause", e);
            }
            message.giveBack(delay(message.attempt()), String.valueOf(e.getMessage()));
        }
    }

    private void perform(String kind, Map<String, String> details) {
        tasks.get().stream().filter(task -> task.kind().equals(kind)).findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody knows work of this kind; a newer node may"))
                .perform(details);
    }

    private static Duration delay(int attempt) {
        Duration grown = Duration.ofSeconds(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
    }
}
