package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.MessageSender;
import dev.objectos.runtime.coordination.QueueDepth;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What every message passes on its way into a queue: sizes, how much waits already, and who may send. */
final class QueueSending {

    private final QueueTables tables;
    private final Signals signals;
    private final CoordinationProperties properties;
    private final CoordinationMeters meters;
    private volatile Map<QueueName, QueueDepth> depths = Map.of();

    QueueSending(QueueTables tables, Signals signals, CoordinationProperties properties, CoordinationMeters meters) {
        this.tables = tables;
        this.signals = signals;
        this.properties = properties;
        this.meters = meters;
    }

    /** Looks how much waits in every queue. */
    void count() {
        depths = tables.depths();
        meters.deep(depths);
    }

    List<Long> send(QueueName queue, String sender, List<Message> messages, Duration delay) {
        Checks.delay(delay);
        Checks.within(messages.size(), MessageSender.MAXIMUM, "The number of messages");
        long most = properties.maximumBody().toBytes();
        for (Message message : messages) {
            if (message.body().bytes().length > most) {
                throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "A message for the queue " + queue.name()
                        + " of " + queue.owner() + " has " + message.body().bytes().length + " bytes; " + most
                        + " are the most");
            }
        }
        QueueDepth depth = depths.get(queue);
        if (depth != null && depth.waiting() + depth.received() >= properties.maximumMessages()) {
            throw new PlatformException(RuntimeError.QUOTA_EXCEEDED, "The queue " + queue.name() + " of "
                    + queue.owner() + " holds " + properties.maximumMessages() + " messages already. Receive them "
                    + "faster, or raise objectos.coordination.maximum-messages");
        }
        List<Long> numbers = tables.send(queue, sender, messages, delay);
        meters.sent(queue, messages.size());
        if (delay.isZero()) {
            announce(queue);
        }
        return numbers;
    }

    /** Asked each time, for what was given may be taken back. */
    void admit(QueueName queue, String sender) {
        if (!sender.equals(queue.owner()) && !tables.admits(queue, sender)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, sender + " may not send to the queue "
                    + queue.name() + " of " + queue.owner() + "; its owner must admit it");
        }
    }

    void announce(QueueName queue) {
        signals.raise(queue.topic());
    }
}
