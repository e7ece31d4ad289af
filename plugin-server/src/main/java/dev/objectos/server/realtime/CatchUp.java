package dev.objectos.server.realtime;

import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.spi.ChangeStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

/**
 * What subscribers that come together have missed, told in the one order of the changes, so that a client that is cut meanwhile
 * goes on from where it was.
 */
final class CatchUp {

    private final ChangeStream stream;
    private final Tellers tellers;
    private final long upTo;
    private final Open open;
    private final Map<Span, Optional<List<CommittedChange>>> known = new HashMap<>();
    private final List<Tellers.Missed> missed = new ArrayList<>();
    private final List<Subscriber> lost = new ArrayList<>();
    private int left;

    /**
     * @param upTo the position up to which is told; what lies behind it the subscribers hear by themselves
     * @param most how many changes are told
     */
    CatchUp(ChangeStream stream, Tellers tellers, long upTo, int most, Open open) {
        this.stream = stream;
        this.tellers = tellers;
        this.upTo = upTo;
        this.left = most;
        this.open = open;
    }

    /** Takes records that have changed again already. */
    @FunctionalInterface
    interface Open {

        /**
         * Keeps them until their next change is told to everybody.
         *
         * @param upTo the position up to which their changes are known
         * @return the position that everybody has been told of by now; behind the other one: they are not kept, for it may be too
         *         late
         */
        long keep(Topic topic, Map<UUID, ChangedRecord> records, long upTo);
    }

    private record Span(Topic topic, long after) {}

    private record Head(Subscriber to, ChangeEvent event, Iterator<ChangeEvent> rest) {}

    /**
     * Tells all of them.
     *
     * @param whole whether their connection has no others, which may have been told less
     */
    void tell(List<Subscriber> some, boolean whole) {
        some.forEach(one -> find(one, Math.max(1, Audience.TOGETHER / some.size())));
        inOrder(whole);
        missed.forEach(this::settle);
        // Last: it says that everything up to there is known.
        lost.forEach(one -> one.reset(upTo));
    }

    private void find(Subscriber subscriber, int together) {
        long after = subscriber.after();
        if (after > upTo) {
            // Another node may have told a client of changes that this one has not come to yet, but nobody of what is to come.
            if (after > stream.now()) {
                lost.add(subscriber);
            }
        } else if (after < upTo) {
            changes(new Span(subscriber.topic(), after)).ifPresentOrElse(
                    changes -> missed.add(tellers.missed(subscriber, ChangedRecords.of(changes),
                            ChangedRecords.of(context(subscriber)), together)),
                    () -> lost.add(subscriber));
        }
    }

    private Optional<List<CommittedChange>> changes(Span span) {
        return known.computeIfAbsent(span, _ -> {
            Optional<List<CommittedChange>> changes = stream.between(span.after(), upTo, span.topic().tenant(),
                    span.topic().object(), left);
            changes.ifPresent(some -> left -= some.size());
            return changes;
        });
    }

    private List<CommittedChange> context(Subscriber subscriber) {
        long after = subscriber.after();
        return stream.between(Math.max(0, after - Tellers.CONTEXT), after, subscriber.topic().tenant(),
                subscriber.topic().object(), Tellers.CONTEXT).orElse(List.of());
    }

    private void inOrder(boolean whole) {
        var heads = new PriorityQueue<Head>(Comparator.comparingLong(head -> head.event().position()));
        missed.forEach(one -> advance(one.to(), one.events(), heads));
        while (!heads.isEmpty()) {
            Head head = heads.remove();
            advance(head.to(), head.rest(), heads);
            Head next = heads.peek();
            boolean complete = next == null || next.event().position() > head.event().position();
            head.to().missed(whole && complete ? head.event() : head.event().notResumable());
        }
    }

    /** Of what has changed again meanwhile, the next change may have been told already to whoever knew of the first. */
    private void settle(Tellers.Missed told) {
        Subscriber to = told.to();
        Map<UUID, ChangedRecord> unsettled = told.unsettled().records();
        long at = upTo;
        while (!unsettled.isEmpty()) {
            long now = open.keep(to.topic(), unsettled, at);
            if (now <= at) {
                return;
            }
            Optional<List<CommittedChange>> changes = stream.between(at, now, to.topic().tenant(),
                    to.topic().object(), Tellers.CONTEXT);
            if (changes.isEmpty()) {
                lost.add(to);
                return;
            }
            Set<UUID> ids = unsettled.keySet();
            List<CommittedChange> again = changes.get().stream().filter(change -> ids.contains(change.record()))
                    .toList();
            var rest = new HashMap<>(unsettled);
            again.forEach(change -> rest.remove(change.record()));
            Tellers.Missed next = tellers.missed(to, ChangedRecords.of(again), ChangedRecords.of(unsettled),
                    Audience.TOGETHER);
            next.events().forEachRemaining(event -> to.missed(event.notResumable()));
            rest.putAll(next.unsettled().records());
            unsettled = rest;
            at = now;
        }
    }

    private static void advance(Subscriber to, Iterator<ChangeEvent> events, PriorityQueue<Head> heads) {
        while (events.hasNext()) {
            ChangeEvent event = events.next();
            if (to.wants(event)) {
                heads.add(new Head(to, event, events));
                return;
            }
        }
    }
}
