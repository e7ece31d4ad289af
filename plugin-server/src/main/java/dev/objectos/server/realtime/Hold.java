package dev.objectos.server.realtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens while subscribers are told of what they missed; it comes after that. */
final class Hold {

    private final int most;
    private @Nullable List<Kept> kept = new ArrayList<>();

    /** @param most as many as are kept; with more the connection is let go */
    Hold(int most) {
        this.most = most;
    }

    private record Kept(Subscriber to, ChangeEvent event) {}

    /** Whether an event waits; false: it may be told. */
    synchronized boolean keep(Subscriber to, ChangeEvent event) {
        if (kept == null) {
            return false;
        }
        if (kept.size() == most) {
            to.connection().end(FeedConnection.tooSlow());
        } else {
            kept.add(new Kept(to, event));
        }
        return true;
    }

    /** Tells what has waited, in its order; from now on nothing waits. */
    synchronized void release() {
        if (kept != null) {
            kept.sort(Comparator.comparingLong(one -> one.event().position()));
            kept.forEach(one -> one.to().tellNow(one.event()));
            kept = null;
        }
    }
}
