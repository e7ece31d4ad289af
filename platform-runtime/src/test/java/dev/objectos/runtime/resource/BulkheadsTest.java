package dev.objectos.runtime.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.PluginLimitExceeded;
import dev.objectos.runtime.plugin.manifest.Limits;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is done about plugins that go beyond their limits. */
class BulkheadsTest {

    private static final Duration PATIENCE = Duration.ofMillis(1);

    @Test
    void noPluginGetsMoreThanTheServerAllows() {
        try (var limits = new TestingLimits("concurrency", "4", "handler-time", "3s", "queue", "5", "storage", "1KB",
                "database-time", "2s")) {
            assertThat(limits.bulkheads().grant(Limits.DEFAULT))
                    .isEqualTo(new Limits(4, Duration.ofSeconds(3), 5, 1_024, Duration.ofSeconds(2)));
            var modest = new Limits(1, Duration.ofMillis(1), 1, 1, Duration.ofMillis(1));
            assertThat(limits.bulkheads().grant(modest)).isEqualTo(modest);
        }
    }

    @Test
    void suspendsAPluginForAWhile() throws Exception {
        try (var limits = new TestingLimits("violations", "2", "pause", "30s"); var acme = hasty(limits)) {
            use(acme);
            assertThat(limits.bulkheads().reason("acme")).isEmpty();
            use(acme);

            PluginLimitExceeded told = told(limits);
            assertThat(told.name()).isEqualTo("plugin.limit.exceeded");
            assertThat(told.limit() + " " + told.measure()).isEqualTo("handlerTime suspend");
            assertThat(limits.bulkheads().reason("acme")).isEqualTo(told.message())
                    .startsWith("Suspended until 2026-01-01T00:00:30Z: 2 times within 60 s beyond its limits");
            assertThatThrownBy(() -> use(acme)).isInstanceOfSatisfying(PlatformException.class, refusal -> {
                assertThat(refusal.code()).isEqualTo(RuntimeError.PLUGIN_SUSPENDED);
                assertThat(refusal.members()).containsEntry("retryAfter", 30L);
            });
            limits.advance(Duration.ofSeconds(30));
            use(acme);
            assertThat(limits.bulkheads().reason("acme")).isEmpty();
        }
    }

    @Test
    void forgetsWhatIsLongAgo() throws Exception {
        try (var limits = new TestingLimits("violations", "2", "window", "10s"); var acme = hasty(limits)) {
            use(acme);
            limits.advance(Duration.ofSeconds(11));
            use(acme);

            assertThat(limits.bulkheads().reason("acme")).isEmpty();
        }
    }

    @Test
    void throttlesAPluginToOneCallAtATime() throws Exception {
        try (var limits = new TestingLimits("violations", "1", "on-violation", "throttle"); var acme = hasty(limits)) {
            use(acme);
            assertThat(told(limits).measure()).isEqualTo("throttle");

            var inside = new CountDownLatch(1);
            var end = new CountDownLatch(1);
            Thread first = Thread.ofVirtual().start(() -> useFor(acme, inside, end));
            inside.await();
            assertThatThrownBy(() -> use(acme)).isInstanceOfSatisfying(PlatformException.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.RATE_LIMITED));
            limits.advance(Duration.ofSeconds(30));
            use(acme);
            end.countDown();
            first.join();
        }
    }

    @Test
    void disablesAPluginWhereThatIsThePolicyForIt() throws Exception {
        try (var limits = new TestingLimits("violations", "1", "policies.acme", "disable"); var acme = hasty(limits)) {
            use(acme);

            assertThat(limits.disabled().poll(10, TimeUnit.SECONDS)).startsWith("acme: Disabled: once within");
            limits.advance(Duration.ofDays(1));
            assertThatThrownBy(() -> use(acme)).isInstanceOf(PlatformException.class);
        }
    }

    @Test
    void onlyWarnsWhereThatIsThePolicy() throws Exception {
        try (var limits = new TestingLimits("violations", "1", "on-violation", "warn"); var acme = hasty(limits)) {
            use(acme);
            use(acme);

            assertThat(limits.bulkheads().reason("acme")).isEmpty();
            assertThat(limits.meters().get("objectos.plugin.violations").tag("limit", "handlerTime").counter().count())
                    .isEqualTo(2);
        }
    }

    @Test
    void aVersionThatIsReplacedTakesNothingAwayFromTheNextOne() {
        try (var limits = new TestingLimits(); var old = hasty(limits); var next = hasty(limits)) {
            limits.bulkheads().hide(old);
            assertThat(limits.meters().find("objectos.plugin.running").gauge()).isNotNull();
            limits.bulkheads().hide(next);
            assertThat(limits.meters().find("objectos.plugin.running").gauge()).isNull();
        }
    }

    private static PluginLimitExceeded told(TestingLimits limits) throws InterruptedException {
        return Objects.requireNonNull(limits.told().poll(10, TimeUnit.SECONDS));
    }

    /** One whose every call takes too long. */
    private static Bulkhead hasty(TestingLimits limits) {
        return limits.bulkhead(2, Duration.ofNanos(1));
    }

    private static void use(Bulkhead bulkhead) throws Exception {
        bulkhead.<Boolean>here(CallKind.SUBSCRIBER, PATIENCE, () -> true);
    }

    private static void useFor(Bulkhead bulkhead, CountDownLatch inside, CountDownLatch end) {
        try {
            bulkhead.<Boolean>here(CallKind.SUBSCRIBER, PATIENCE, () -> {
                inside.countDown();
                return end.await(1, TimeUnit.MINUTES);
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
