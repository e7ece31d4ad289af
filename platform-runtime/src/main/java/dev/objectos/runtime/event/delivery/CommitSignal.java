package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.spi.RecordListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes the dispatcher of this node after each commit; one read of a flag while it is awake already. Whoever follows the change
 * log is woken once the dispatcher has filled it.
 */
public final class CommitSignal implements RecordListener {

    private final WakeUp wakeUp = new WakeUp();
    private final List<WakeUp> followers = new CopyOnWriteArrayList<>();

    @Override
    public boolean listensTo(String object) {
        return false;
    }

    @Override
    public void committed(RecordChange change) {}

    @Override
    public void afterCommit() {
        wakeUp.signal();
    }

    WakeUp wakeUp() {
        return wakeUp;
    }

    /** Has a thread woken whenever the change log may have grown. */
    WakeUp follow() {
        var follower = new WakeUp();
        followers.add(follower);
        return follower;
    }

    void unfollow(WakeUp follower) {
        followers.remove(follower);
    }

    /** The change log may have grown. */
    void logged() {
        followers.forEach(WakeUp::signal);
    }
}
