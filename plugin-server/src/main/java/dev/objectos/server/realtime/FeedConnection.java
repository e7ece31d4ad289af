package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One client's connection, whatever carries it: as whom it listens, and to what. Ends as soon as that counts no more. */
public final class FeedConnection implements AutoCloseable {

    private static final String SLOW = "slow_consumer";

    private final ChangeFeed feed;
    private final SessionLease lease;
    private final Session session;
    private final int most;
    private final Consumer<PlatformException> whenEnded;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    FeedConnection(ChangeFeed feed, SessionLease lease, Session session, int most,
            Consumer<PlatformException> whenEnded) {
        this.feed = feed;
        this.lease = lease;
        this.session = session;
        this.most = most;
        this.whenEnded = whenEnded;
    }

    /** Something to subscribe to, and who is told. */
    public record Wish(ChangeSubscription subscription, ChangeListener listener) {}

    /** As whom its client listens. */
    public Session session() {
        return session;
    }

    /**
     * Tells of the changes of a subscription, those behind its position first, until what is returned is closed.
     *
     * @throws PlatformException where the session may not ask so, or has subscribed to too much
     */
    public AutoCloseable subscribe(ChangeSubscription subscription, ChangeListener listener) {
        Joining joining = subscribe(List.of(new Wish(subscription, listener)));
        joining.run();
        Subscriber one = joining.some().getFirst();
        return () -> {
            if (one.end()) {
                forget(one);
            }
        };
    }

    /**
     * The same for several at once; what they all have missed is told before anything that is new to one of them.
     *
     * @return what tells them so, to be run once, and takes as long as its client takes to hear it
     */
    public Runnable subscribeAll(List<Wish> wishes) {
        return subscribe(wishes);
    }

    private synchronized Joining subscribe(List<Wish> wishes) {
        if (subscribers.size() + wishes.size() > most) {
            throw new PlatformException(RuntimeError.RATE_LIMITED,
                    "A connection has at most " + most + " subscriptions; end one first");
        }
        if (ended.get()) {
            throw new PlatformException(RuntimeError.UNAVAILABLE, "The connection has ended");
        }
        var some = new ArrayList<Subscriber>();
        Hold hold = feed.hold();
        long now = wishes.stream().anyMatch(wish -> wish.subscription().after() == null) ? feed.now() : 0;
        for (Wish wish : wishes) {
            some.add(feed.subscriber(this, wish, hold, now));
        }
        subscribers.addAll(some);
        return new Joining(some, hold);
    }

    /** Subscribers that have yet to be told what they have missed. */
    private final class Joining implements Runnable {

        private final List<Subscriber> some;
        private final Hold hold;

        Joining(List<Subscriber> some, Hold hold) {
            this.some = some;
            this.hold = hold;
        }

        List<Subscriber> some() {
            return some;
        }

        @Override
        public void run() {
            try {
                feed.join(some, subscribers.size() == some.size() && subscribers.containsAll(some), hold);
            } catch (RuntimeException e) {
                end(Tellers.reason(e));
            }
            if (ended.get()) {
                some.forEach(feed::leave);
            }
        }
    }

    /** Whether it still counts; where it does not, it ends. */
    boolean check() {
        if (ended.get()) {
            return false;
        }
        Session now = lease.current().orElse(null);
        if (session.equals(now)) {
            return true;
        }
        end(now == null
                ? new PlatformException(RuntimeError.UNAUTHENTICATED, "The session is over; sign in again")
                : new PlatformException(RuntimeError.UNAVAILABLE,
                        "What you may do has changed; connect again to go on with it")
                        .with("reason", "rights_changed"));
        return false;
    }

    void forget(Subscriber subscriber) {
        subscribers.remove(subscriber);
        feed.leave(subscriber);
    }

    /** Ends it for a reason that its client is told. */
    public void end(PlatformException because) {
        if (close(ended)) {
            whenEnded.accept(because);
        }
    }

    /** Whether that is why it ends: then what waits for its client is of no use any more. */
    static boolean isTooSlow(PlatformException because) {
        return SLOW.equals(because.members().get("reason"));
    }

    public static PlatformException tooSlow() {
        return new PlatformException(RuntimeError.RATE_LIMITED,
                "Changes come faster than you take them; come back and go on from the last one")
                .with("reason", SLOW);
    }

    /** Ends it because its client has gone. */
    @Override
    public void close() {
        close(ended);
    }

    private boolean close(AtomicBoolean over) {
        if (over.getAndSet(true)) {
            return false;
        }
        feed.disconnected(this);
        subscribers.forEach(subscriber -> {
            subscriber.end();
            feed.leave(subscriber);
        });
        return true;
    }
}
