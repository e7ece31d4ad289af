package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.spi.RecordListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in the write path for the listeners of added plugins; what one does wrong keeps nobody else from hearing. */
public final class AddedListeners implements RecordListener {

    private static final Logger LOG = LoggerFactory.getLogger(AddedListeners.class);

    private final Joined<RecordListener> joined = new Joined<>((_, _) -> 0);

    void join(String plugin, List<RecordListener> brought) {
        joined.join(plugin, brought);
    }

    void leave(String plugin, List<RecordListener> brought) {
        joined.leave(plugin, brought);
    }

    @Override
    public boolean listensTo(String object) {
        return joined.all().stream().anyMatch(listener -> listener.listensTo(object));
    }

    @Override
    public void committed(RecordChange change) {
        tell(listener -> {
            if (listener.listensTo(change.object())) {
                listener.committed(change);
            }
        });
    }

    @Override
    public void afterCommit() {
        tell(RecordListener::afterCommit);
    }

    private void tell(Consumer<RecordListener> what) {
        for (RecordListener listener : joined.all()) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("{} failed after a change", listener.getClass().getName(), e);
            }
        }
    }
}
