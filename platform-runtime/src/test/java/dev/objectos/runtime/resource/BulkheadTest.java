package dev.objectos.runtime.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.StatementMeter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call into a plugin's code meets on its way. */
class BulkheadTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestingLimits limits = new TestingLimits("violations", "1000");
    private final Bulkhead bulkhead = limits.bulkhead(2, LONG);

    @AfterEach
    void close() {
        bulkhead.close();
        limits.close();
    }

    private static Call call(Duration limit, Duration patience, boolean deserted) {
        return new Call(CallKind.HOOK, "The hook test", limit, patience, deserted);
    }

    private static <T> T call(Bulkhead bulkhead, Callable<T> code) throws Exception {
        return bulkhead.call(call(LONG, LONG, true), code);
    }

    @Test
    void runsCodeInAPlatformThreadOfThePluginAsTheSameSession() throws Exception {
        Session session = Session.system(Session.DEFAULT_TENANT, Origin.REST);
        String seen = ScopedValue.where(Session.CURRENT, session).call(() -> call(bulkhead, () -> {
            Thread thread = Thread.currentThread();
            assertThat(thread.isVirtual()).isFalse();
            assertThat(Session.CURRENT.get()).isEqualTo(session);
            return thread.getName();
        }));

        assertThat(seen).startsWith("objectos-plugin-acme-");
        assertThat(limits.meters().get("objectos.plugin.calls").tag("kind", "hook").timer().count()).isEqualTo(1);
        assertThat(limits.meters().get("objectos.plugin.allocated").tag("plugin", "acme").counter().count())
                .isPositive();
    }

    @Test
    void handsOnWhatTheCodeThrows() {
        assertThatThrownBy(() -> call(bulkhead, () -> {
            throw new IOException("broken");
        })).isInstanceOf(IOException.class).hasMessage("broken");
        assertThatThrownBy(() -> call(bulkhead, () -> {
            throw new LinkageError("missing");
        })).isInstanceOf(LinkageError.class);
    }

    @Test
    void letsInSoManyAtOnceAndHasFewWait() throws Exception {
        var end = new CountDownLatch(1);
        var inside = new CountDownLatch(2);
        Callable<Boolean> waits = () -> {
            inside.countDown();
            return end.await(1, TimeUnit.MINUTES);
        };
        var first = begin(waits);
        var second = begin(waits);
        inside.await();
        assertRefused(RuntimeError.RATE_LIMITED, () -> bulkhead.call(call(LONG, Duration.ofMillis(1), true), waits));
        var third = begin(waits);
        var fourth = begin(waits);
        Eventually.await(() -> bulkhead.waiting() == 2, LONG);
        assertRefused(RuntimeError.RATE_LIMITED, () -> call(bulkhead, waits));
        assertThat(bulkhead.running()).isEqualTo(2);
        assertThat(limits.meters().get("objectos.plugin.waiting").gauge().value()).isEqualTo(2);
        assertThat(limits.meters().get("objectos.plugin.violations").tag("limit", "queue").counter().count())
                .isEqualTo(1);

        end.countDown();
        CompletableFuture.allOf(first, second, third, fourth).get(1, TimeUnit.MINUTES);
        assertThat(bulkhead.running()).isZero();
    }

    private CompletableFuture<Boolean> begin(Callable<Boolean> code) {
        var result = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(call(bulkhead, code));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Test
    void desertsWhatTakesTooLongButKeepsItsThreadTaken() throws Exception {
        var interrupted = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        assertRefused(RuntimeError.PLUGIN_TIMEOUT, () -> bulkhead.call(call(Duration.ofMillis(20), LONG, true), () -> {
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException _) {
                    interrupted.countDown();
                }
            }
            return true;
        }));
        interrupted.await();
        assertThat(bulkhead.running()).isEqualTo(1);

        end.countDown();
        Eventually.await(() -> bulkhead.running() == 0, LONG);
        assertThat(call(bulkhead, () -> Thread.currentThread().isInterrupted())).isFalse();
        assertThat(limits.meters().get("objectos.plugin.violations").tag("limit", "handlerTime").counter().count())
                .isEqualTo(1);
    }

    @Test
    void waitsForTheEndOfWhatMustNotBeDeserted() throws Exception {
        var ended = new AtomicBoolean();
        assertRefused(RuntimeError.PLUGIN_TIMEOUT, () -> bulkhead.call(call(Duration.ofMillis(20), LONG, false), () -> {
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } finally {
                ended.set(true);
            }
        }));
        assertThat(ended).isTrue();
        // What comes to a good end all the same is as good as any.
        assertThat(bulkhead.<Boolean>call(call(Duration.ofMillis(20), LONG, false), () -> {
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException _) {
                return true;
            }
        })).isTrue();
    }

    @Test
    void aCallOutOfItsOwnCodeTakesPartInTheOneUnderWay() throws Exception {
        Bulkhead narrow = limits.bulkhead(1, LONG);
        String thread = call(narrow, () -> call(bulkhead, () -> call(narrow, () -> Thread.currentThread().getName())));

        assertThat(thread).startsWith("objectos-plugin-acme-");
        assertThat(narrow.running()).isZero();
        narrow.close();
    }

    @Test
    void chargesThePluginForItsStatements() throws Exception {
        assertThat(StatementMeter.CURRENT.isBound()).isFalse();
        assertThat(call(bulkhead, () -> {
            StatementMeter.account(TimeUnit.MILLISECONDS.toNanos(5));
            StatementMeter.account(TimeUnit.SECONDS.toNanos(2));
            return StatementMeter.CURRENT.get().longest();
        })).isEqualTo(Duration.ofSeconds(1));

        assertThat(limits.meters().get("objectos.plugin.database").timer().count()).isEqualTo(2);
        assertThat(limits.meters().get("objectos.plugin.violations").tag("limit", "databaseTime").counter().count())
                .isEqualTo(1);
    }

    @Test
    void runsInTheCallersThreadWhereThatMayBeHeldUp() throws Exception {
        Bulkhead hasty = limits.bulkhead(1, Duration.ofNanos(1));
        assertThat(hasty.<Thread>here(CallKind.SUBSCRIBER, LONG, Thread::currentThread))
                .isSameAs(Thread.currentThread());

        assertThat(hasty.running()).isZero();
        assertThat(limits.meters().get("objectos.plugin.calls").tag("kind", "subscriber").timer().count()).isEqualTo(1);
        assertThat(limits.meters().get("objectos.plugin.violations").tag("limit", "handlerTime").counter().count())
                .isEqualTo(1);
        hasty.close();
    }

    @Test
    void takesNoCallOnceItIsClosed() {
        bulkhead.close();

        assertRefused(RuntimeError.UNAVAILABLE, () -> call(bulkhead, () -> true));
        assertThat(bulkhead.running()).isZero();
    }

    private static void assertRefused(RuntimeError code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
