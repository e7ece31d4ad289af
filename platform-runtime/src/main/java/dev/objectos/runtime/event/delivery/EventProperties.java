package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.DeliveryPolicy;
import dev.objectos.runtime.spi.EventSubscriber;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are delivered ({@code objectos.events}).
 *
 * @param enabled whether this node delivers; one that does not leaves events to the others
 * @param retries tries after the first one
 * @param backoff before the first retry; doubled before each further one
 * @param backoffLimit what the doubling ends at
 * @param timeout after which a handler is interrupted and its try has failed
 * @param concurrency records that this node handles at the same time, for each subscriber
 * @param patience after which a handler no longer counts against {@code concurrency}, so that those that hang do not hold
 *        up the others
 * @param stalled how many handlers of a subscriber may be past their patience
 * @param lease after which another node takes over what a node has claimed and not finished
 * @param poll how often a node looks for work that it has not been told of
 * @param listen whether a node is told by the others, over a connection of its own; not possible through a pooler in
 *        transaction mode
 * @param keep how long delivered events are kept; zero: not at all
 * @param changes how long committed changes are kept for streams that go on where they stopped, while anybody follows them
 * @param forget after which a subscriber that no node has had is forgotten, and what waits for it becomes dead letters
 * @param drain how long a stopping node waits for running handlers
 * @param subscribers departures for single subscribers, by name
 */
@ConfigurationProperties("objectos.events")
public record EventProperties(@DefaultValue("true") boolean enabled, @DefaultValue("3") int retries,
        @DefaultValue("100ms") Duration backoff, @DefaultValue("1m") Duration backoffLimit,
        @DefaultValue("5s") Duration timeout, @DefaultValue("16") int concurrency,
        @DefaultValue("250ms") Duration patience, @DefaultValue("128") int stalled, @DefaultValue("30s") Duration lease,
        @DefaultValue("1s") Duration poll, @DefaultValue("true") boolean listen, @DefaultValue("0s") Duration keep,
        @DefaultValue("15m") Duration changes,
        @DefaultValue("7d") Duration forget, @DefaultValue("10s") Duration drain,
        @DefaultValue Map<String, Departure> subscribers) {

    public EventProperties {
        subscribers = Map.copyOf(subscribers);
        if (!poll.isPositive() || !lease.isPositive() || !patience.isPositive() || !forget.isPositive()
                || !changes.isPositive() || stalled < 0) {
            throw new IllegalArgumentException(
                    "objectos.events: poll, lease, patience, changes and forget must be positive, stalled not negative");
        }
    }

    /** What is set differently for one subscriber; null: as for all. */
    public record Departure(@Nullable Integer retries, @Nullable Duration backoff, @Nullable Duration timeout,
            @Nullable Integer concurrency) {

        private DeliveryPolicy applyTo(DeliveryPolicy policy) {
            DeliveryPolicy result = retries == null ? policy : policy.withRetries(retries);
            result = backoff == null ? result : result.withBackoff(backoff);
            result = timeout == null ? result : result.withTimeout(timeout);
            return concurrency == null ? result : result.withConcurrency(concurrency);
        }
    }

    DeliveryPolicy policyOf(EventSubscriber subscriber) {
        DeliveryPolicy own = subscriber
                .policy(new DeliveryPolicy(retries, backoff, backoffLimit, timeout, concurrency));
        Departure departure = subscribers.get(subscriber.name());
        return departure == null ? own : departure.applyTo(own);
    }

    /** A claim outlives at least two tries; a node begins none that might outlive its claim. */
    Duration leaseFor(DeliveryPolicy policy) {
        Duration needed = policy.timeout().multipliedBy(2).plus(LaneRun.MARGIN.multipliedBy(2));
        return lease.compareTo(needed) < 0 ? needed : lease;
    }
}
