package dev.objectos.server.realtime;

import dev.objectos.runtime.query.JsonDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens while subscribers are told of what they missed; it comes after that. */
final class Hold {

    private final int most;
    private final long mostBytes;
    private long bytes;
    private @Nullable List<Kept> kept = new ArrayList<>();

    /**
     * @param most as many as are kept; with more the connection is let go
     * @param mostBytes how large their records may be together; likewise
     */
    Hold(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    private record Kept(Subscriber to, ChangeEvent event) {}

    /** Whether an event waits; false: it may be told. */
    synchronized boolean keep(Subscriber to, ChangeEvent event) {
        if (kept == null) {
            return false;
        }
        JsonDocument record = event.record();
        bytes += record == null ? 0 : record.utf8().length;
        if (kept.size() == most || bytes > mostBytes) {
            kept.clear();
            to.connection().end(FeedConnection.tooSlow());
        } else {
            kept.add(new Kept(to, event));
        }
        return true;
    }

    /**
     * Tells what has waited, in its order, and what comes meanwhile; from now on nothing waits. Whoever tells of changes is not
     * kept from it while clients take their time.
     */
    void release() {
        for (List<Kept> some = take(); some != null; some = take()) {
            some.forEach(one -> one.to().missed(one.event()));
        }
    }

    private synchronized @Nullable List<Kept> take() {
        List<Kept> taken = kept;
        if (taken == null || taken.isEmpty()) {
            kept = null;
            return null;
        }
        kept = new ArrayList<>();
        bytes = 0;
        taken.sort(Comparator.comparingLong(one -> one.event().position()));
        return taken;
    }
}
