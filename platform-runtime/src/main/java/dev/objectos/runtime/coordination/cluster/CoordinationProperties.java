package dev.objectos.runtime.coordination.cluster;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How plugins' queues, locks and watches work ({@code objectos.coordination}).
 *
 * @param maximumBody the largest message
 * @param maximumMessages that may wait in a queue; looked at now and then, so it may become more for a moment
 * @param keepDead for how long dead messages are kept
 * @param poll between two looks of somebody who waits for a message or a lock, where no notice comes
 * @param look between two looks of a watch, where no notice comes
 * @param upkeep between two countings and clearings
 * @param listen whether nodes tell each other, over a connection of its own; not possible through a pooler in transaction
 *        mode
 */
@ConfigurationProperties("objectos.coordination")
public record CoordinationProperties(@DefaultValue("1MB") DataSize maximumBody,
        @DefaultValue("100000") long maximumMessages, @DefaultValue("30d") Duration keepDead,
        @DefaultValue("1s") Duration poll, @DefaultValue("10s") Duration look, @DefaultValue("10s") Duration upkeep,
        @DefaultValue("true") boolean listen) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(16);

    public CoordinationProperties {
        if (maximumBody.toBytes() < 1 || maximumBody.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("objectos.coordination.maximum-body must be between 1B and "
                    + LARGEST.toMegabytes() + "MB, and is " + maximumBody);
        }
        if (maximumMessages < 1 || !keepDead.isPositive() || !poll.isPositive() || !look.isPositive()
                || !upkeep.isPositive()) {
            throw new IllegalArgumentException(
                    "objectos.coordination: maximum-messages, keep-dead, poll, look and upkeep "
                            + "must be positive");
        }
    }
}
