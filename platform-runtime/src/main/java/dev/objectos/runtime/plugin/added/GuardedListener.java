package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.spi.RecordListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener of an added plugin, called within the plugin's limits; what goes wrong with it is logged. */
final class GuardedListener implements RecordListener {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final RecordListener own;
    private final PluginCalls calls;
    private final boolean hearsOfCommits;

    GuardedListener(RecordListener own, PluginCalls calls) {
        this.own = own;
        this.calls = calls;
        this.hearsOfCommits = PluginCalls.hasOwn(own, RecordListener.class, "afterCommit");
    }

    @Override
    public boolean listensTo(String object) {
        return own.listensTo(object);
    }

    @Override
    public void committed(RecordChange change) {
        call(() -> own.committed(change));
    }

    @Override
    public void afterCommit() {
        if (hearsOfCommits) {
            call(own::afterCommit);
        }
    }

    private void call(Runnable code) {
        try {
            calls.listen(code);
        } catch (PlatformException e) {
            LOG.warn("A listener of {} was not told of a change: {}", calls.bulkhead().plugin(), e.message());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("A listener of {} failed after a change", calls.bulkhead().plugin(), e);
        }
    }
}
