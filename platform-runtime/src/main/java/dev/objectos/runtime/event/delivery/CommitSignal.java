package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.spi.RecordListener;

/** Wakes the dispatcher of this node after each commit; one read of a flag while it is awake already. */
public final class CommitSignal implements RecordListener {

    private final WakeUp wakeUp = new WakeUp();

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
}
