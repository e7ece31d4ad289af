package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.event.DeliveryPolicy;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final DeliveryPolicy POLICY = new DeliveryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(10),
            Duration.ofSeconds(5), 1);

    @Test
    void doublesFromFailureToFailureWithinAQuarter() {
        var random = new Random(1);
        for (int round = 0; round < 100; round++) {
            assertThat(Backoff.after(1, POLICY, random)).isBetween(Duration.ofMillis(75), Duration.ofMillis(125));
            assertThat(Backoff.after(2, POLICY, random)).isBetween(Duration.ofMillis(150), Duration.ofMillis(250));
            assertThat(Backoff.after(3, POLICY, random)).isBetween(Duration.ofMillis(300), Duration.ofMillis(500));
        }
    }

    @Test
    void endsAtTheLimit() {
        assertThat(Backoff.after(1_000, POLICY, new Random(1))).isBetween(Duration.ofMillis(7_500),
                Duration.ofMillis(12_500));
    }
}
