package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who is told of the changes of one topic. */
final class Subscriber {

    private final FeedConnection connection;
    private final ChangeSubscription subscription;
    private final ChangeListener listener;
    private final Topic topic;
    private final Hold hold;
    private volatile long after;
    private final AtomicBoolean ended = new AtomicBoolean();

    Subscriber(FeedConnection connection, ChangeSubscription subscription, ChangeListener listener, Topic topic,
            Hold hold, long after) {
        this.connection = connection;
        this.subscription = subscription;
        this.listener = listener;
        this.topic = topic;
        this.hold = hold;
        this.after = after;
    }

    /** The position up to which everything is known already. */
    long after() {
        return after;
    }

    FeedConnection connection() {
        return connection;
    }

    ChangeSubscription subscription() {
        return subscription;
    }

    Query query() {
        return subscription.query();
    }

    Session session() {
        return connection.session();
    }

    Topic topic() {
        return topic;
    }

    boolean wants(ChangeEvent event) {
        return !ended.get() && event.position() > after && subscription.kinds().contains(event.kind());
    }

    /** Tells of a change, or has it wait until what lies before has been told. */
    void tell(ChangeEvent event) {
        if (!hold.keep(this, event)) {
            tellNow(event);
        }
    }

    /** Tells of a change that happened while nobody listened, in the thread that subscribes. */
    void missed(ChangeEvent event) {
        if (wants(event)) {
            listener.missed(event);
        }
    }

    void tellNow(ChangeEvent event) {
        if (!ended.get()) {
            listener.next(event);
        }
    }

    void reset(long position) {
        after = position;
        if (!ended.get()) {
            listener.reset(position);
        }
    }

    /** Tells nothing any more. @return whether it did until now */
    boolean end() {
        return !ended.getAndSet(true);
    }

    void end(PlatformException because) {
        if (end()) {
            connection.forget(this);
            listener.ended(because);
        }
    }
}
