package dev.objectos.server.realtime;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.WatchedRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who is told what of changes, several audiences at the same time, and tells them in the order of the changes. */
public final class Tellers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tellers.class);

    /** How many changes before its position a client may have been told of together with later ones. */
    static final int CONTEXT = 1_000;

    /** Each holds a connection to the database while it asks. */
    private static final int AT_ONCE = 4;

    private static final String NOBODY = new UUID(0, 0).toString();

    private final Records records;
    private final WatchedRecords watched;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE,
            Thread.ofVirtual().name("objectos-realtime-", 0).factory());

    public Tellers(Records records, WatchedRecords watched) {
        this.records = records;
        this.watched = watched;
    }

    /**
     * Changes of one topic and those who listen to it.
     *
     * @param unsettled earlier changes of the same records of which it could not be said to everybody what they meant
     */
    record Task(Topic topic, ChangedRecords changed, ChangedRecords unsettled, List<Subscriber> subscribers) {}

    private record Delivery(Subscriber to, ChangeEvent event) {}

    private record Alike(UUID tenant, Query query, Object sight) {}

    /** Refuses what {@link Records#query(Query, Session)} refuses. */
    void check(Query query, Session session) {
        var nobody = new Predicate.Comparison(FieldPath.of(SystemFields.ID), Operator.EQ, new Operand.Literal(NOBODY));
        records.query(new Query(query.object(), query.fields(), new Predicate.And(List.of(nobody, query.where())),
                List.of(), Page.first(1), query.expand(), List.of(), List.of(), Predicate.ALWAYS, null, false),
                session);
    }

    /**
     * What one subscriber has missed.
     *
     * @param events in the order of their positions, asked for as they are told
     * @param unsettled records that have changed again since; known when all events are
     */
    record Missed(Subscriber to, Iterator<ChangeEvent> events, Unsettled unsettled) {}

    /**
     * Finds out what one subscriber has missed.
     *
     * @param earlier changes of the same records, of which it may not have been told what they meant
     * @param together how many records are asked for at once
     */
    Missed missed(Subscriber subscriber, ChangedRecords changed, ChangedRecords earlier, int together) {
        var unsettled = new Unsettled(watched, changed, earlier, subscriber.topic().object(), subscriber.session());
        return new Missed(subscriber,
                new Audience(records, watched, subscriber.query(), List.of(subscriber.session())).each(changed,
                        earlier, unsettled, together),
                unsettled);
    }

    /**
     * Tells everybody.
     *
     * @param open takes the records that have changed again already
     */
    void tell(List<Task> tasks, BiConsumer<Topic, Map<UUID, ChangedRecord>> open) {
        List<Future<List<Delivery>>> running = new ArrayList<>();
        Map<Task, Unsettled> unsettled = new LinkedHashMap<>();
        for (Task task : tasks) {
            var again = new Unsettled(watched, task.changed(), task.unsettled(), task.topic().object(),
                    task.subscribers().getFirst().session());
            unsettled.put(task, again);
            audiences(task).forEach((alike, members) -> running
                    .add(threads.submit(() -> deliveries(alike.query(), members, task, again))));
        }
        List<Delivery> deliveries = new ArrayList<>();
        running.forEach(one -> deliveries.addAll(result(one)));
        unsettled.forEach((task, again) -> open.accept(task.topic(), again.records()));
        handOut(deliveries);
    }

    private Map<Alike, List<Subscriber>> audiences(Task task) {
        Map<Alike, List<Subscriber>> audiences = new LinkedHashMap<>();
        for (Subscriber subscriber : task.subscribers()) {
            Session session = subscriber.session();
            try {
                Object sight = watched.sight(subscriber.query(), session);
                audiences.computeIfAbsent(new Alike(session.tenant(), subscriber.query(), sight),
                        _ -> new ArrayList<>()).add(subscriber);
            } catch (RuntimeException e) {
                subscriber.end(reason(e));
            }
        }
        return audiences;
    }

    private List<Delivery> deliveries(Query query, List<Subscriber> members, Task task, Unsettled unsettled) {
        List<Delivery> deliveries = new ArrayList<>();
        try {
            var audience = new Audience(records, watched, query,
                    members.stream().map(Subscriber::session).distinct().toList());
            for (ChangeEvent event : audience.events(task.changed(), task.unsettled(), unsettled)) {
                members.stream().filter(member -> member.wants(event))
                        .forEach(member -> deliveries.add(new Delivery(member, event)));
            }
        } catch (RuntimeException e) {
            members.forEach(member -> member.end(reason(e)));
        }
        return deliveries;
    }

    /** Each connection is told in the order of positions, and by which of its events it has been told all up to there. */
    private static void handOut(List<Delivery> deliveries) {
        deliveries.sort(Comparator.comparingLong(delivery -> delivery.event().position()));
        Map<FeedConnection, Integer> last = new HashMap<>();
        boolean[] complete = new boolean[deliveries.size()];
        for (int i = deliveries.size() - 1; i >= 0; i--) {
            Delivery delivery = deliveries.get(i);
            Integer next = last.put(delivery.to().connection(), i);
            complete[i] = next == null || deliveries.get(next).event().position() != delivery.event().position();
        }
        Map<FeedConnection, Boolean> valid = new HashMap<>();
        for (int i = 0; i < complete.length; i++) {
            Delivery delivery = deliveries.get(i);
            if (valid.computeIfAbsent(delivery.to().connection(), Tellers::counts)) {
                delivery.to().tell(complete[i] ? delivery.event() : delivery.event().notResumable());
            }
        }
    }

    private static boolean counts(FeedConnection connection) {
        try {
            return connection.check();
        } catch (RuntimeException e) {
            connection.end(reason(e));
            return false;
        }
    }

    private static List<Delivery> result(Future<List<Delivery>> running) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task of ours catches what it throws", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** What somebody is told who cannot go on: their own refusals, and of our faults that there is one. */
    static PlatformException reason(RuntimeException failure) {
        if (failure instanceof PlatformException refusal && refusal.code().kind() != ErrorKind.INTERNAL
                && refusal.code().kind() != ErrorKind.UNAVAILABLE) {
            return refusal;
        }
        LOG.warn("Subscribers to changes cannot be told at the moment: {}", failure.toString());
        LOG.debug("Subscribers to changes cannot be told at the moment", failure);
        return new PlatformException(RuntimeError.UNAVAILABLE, "Changes cannot be told at the moment; come back");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
