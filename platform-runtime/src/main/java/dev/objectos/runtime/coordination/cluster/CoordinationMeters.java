package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.coordination.QueueDepth;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What is measured of queues and locks, {@code objectos.queue.*} and {@code objectos.lock.*}. */
final class CoordinationMeters {

    private final MeterRegistry registry;
    private final MultiGauge depths;

    CoordinationMeters(MeterRegistry registry) {
        this.registry = registry;
        depths = MultiGauge.builder("objectos.queue.depth").description("Messages in a queue, by what they wait for")
                .register(registry);
    }

    void sent(QueueName queue, int messages) {
        count(queue, "sent", messages);
    }

    void received(QueueName queue, int messages) {
        count(queue, "received", messages);
    }

    void acknowledged(QueueName queue) {
        count(queue, "acknowledged", 1);
    }

    void died(QueueName queue, long messages) {
        count(queue, "died", messages);
    }

    private void count(QueueName queue, String what, long messages) {
        if (messages > 0) {
            registry.counter("objectos.queue.messages", "owner", queue.owner(), "queue", queue.name(), "event", what)
                    .increment(messages);
        }
    }

    void asked(String owner, boolean taken) {
        registry.counter("objectos.lock.requests", "owner", owner, "result", taken ? "taken" : "busy").increment();
    }

    void deep(Map<QueueName, QueueDepth> queues) {
        depths.register(queues.entrySet().stream().<MultiGauge.Row<?>>flatMap(each -> Stream.of(
                row(each.getKey(), "waiting", each.getValue(), QueueDepth::waiting),
                row(each.getKey(), "received", each.getValue(), QueueDepth::received),
                row(each.getKey(), "dead", each.getValue(), QueueDepth::dead))).toList(), true);
    }

    private static MultiGauge.Row<?> row(QueueName queue, String state, QueueDepth depth,
            ToLongFunction<QueueDepth> part) {
        return MultiGauge.Row.of(Tags.of("owner", queue.owner(), "queue", queue.name(), "state", state),
                part.applyAsLong(depth));
    }
}
