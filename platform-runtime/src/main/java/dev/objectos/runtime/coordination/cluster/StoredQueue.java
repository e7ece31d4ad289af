package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.coordination.DeadMessage;
import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.MessageQueue;
import dev.objectos.runtime.coordination.QueueDepth;
import dev.objectos.runtime.coordination.ReceivedMessage;
import dev.objectos.runtime.coordination.cluster.QueueTables.Received;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A queue as its owner has it. */
final class StoredQueue implements MessageQueue {

    private static final int REASON = 1_000;

    private final QueueName name;
    private final int attempts;
    private final QueueSending sending;
    private final QueueTables tables;
    private final Waiting waiting;
    private final CoordinationMeters meters;

    StoredQueue(QueueName name, int attempts, QueueSending sending, QueueTables tables, Waiting waiting,
            CoordinationMeters meters) {
        this.name = name;
        this.attempts = attempts;
        this.sending = sending;
        this.tables = tables;
        this.waiting = waiting;
        this.meters = meters;
    }

    @Override
    public List<Long> sendAll(List<Message> messages, Duration delay) {
        return sending.send(name, name.owner(), messages, delay);
    }

    @Override
    public List<ReceivedMessage> receive(int most, Duration visibility) {
        Checks.within(most, MAXIMUM, "The number of messages");
        Checks.held(visibility, "The time for a message");
        QueueTables.Receipts receipts;
        do {
            receipts = tables.receive(name, most, visibility, attempts);
            meters.died(name, receipts.died());
            // What died must not hide what waits behind it.
        } while (receipts.messages().isEmpty() && receipts.died() > 0);
        meters.received(name, receipts.messages().size());
        return receipts.messages().stream().<ReceivedMessage>map(Handed::new).toList();
    }

    @Override
    public List<ReceivedMessage> receive(int most, Duration visibility, Duration patience)
            throws InterruptedException {
        return waiting.until(name.topic(), patience, () -> receive(most, visibility), messages -> !messages.isEmpty());
    }

    @Override
    public QueueDepth depth() {
        return tables.depth(name);
    }

    @Override
    public List<DeadMessage> dead(long after, int limit) {
        return tables.dead(name, after, Checks.within(limit, MAXIMUM, "limit"));
    }

    @Override
    public boolean revive(long number) {
        boolean revived = tables.revive(name, number);
        if (revived) {
            sending.announce(name);
        }
        return revived;
    }

    @Override
    public boolean discard(long number) {
        return tables.discard(name, number);
    }

    /** A message in the hands of its receiver. */
    private final class Handed implements ReceivedMessage {

        private final Received message;

        Handed(Received message) {
            this.message = message;
        }

        @Override
        public long number() {
            return message.number();
        }

        @Override
        public UUID tenant() {
            return message.tenant();
        }

        @Override
        public StoredValue body() {
            return message.body();
        }

        @Override
        public String sender() {
            return message.sender();
        }

        @Override
        public Instant sentAt() {
            return message.sentAt();
        }

        @Override
        public int attempt() {
            return message.attempt();
        }

        @Override
        public boolean acknowledge() {
            boolean done = tables.acknowledge(message.number(), message.receipt());
            if (done) {
                meters.acknowledged(name);
            }
            return done;
        }

        @Override
        public boolean extend(Duration visibility) {
            return tables.extend(message.number(), message.receipt(),
                    Checks.held(visibility, "The time for a message"));
        }

        @Override
        public boolean giveBack(Duration delay, String reason) {
            String shortened = reason.length() > REASON ? reason.substring(0, REASON) : reason;
            boolean done = tables.giveBack(message.number(), message.receipt(), Checks.delay(delay), shortened);
            if (done && delay.isZero()) {
                sending.announce(name);
            }
            return done;
        }
    }
}
