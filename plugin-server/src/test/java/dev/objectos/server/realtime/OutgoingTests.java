package dev.objectos.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits for a client: in order, up to a limit, and to an end. */
class OutgoingTests {

    private static final Duration AT_ONCE = Duration.ZERO;

    @Test
    void handsOutInOrderAndThenNothing() throws InterruptedException {
        var outgoing = new Outgoing(10, 1_000);
        assertThat(outgoing.add(bytes("a"))).isTrue();
        assertThat(outgoing.add(bytes("b"))).isTrue();
        assertThat(text(outgoing.next(AT_ONCE))).isEqualTo("a");
        assertThat(text(outgoing.next(AT_ONCE))).isEqualTo("b");
        assertThat(outgoing.next(AT_ONCE)).isNull();
        assertThat(outgoing.isOver()).isFalse();
    }

    @Test
    void takesNoMoreThanFits() {
        var few = new Outgoing(2, 1_000);
        assertThat(few.add(bytes("a")) && few.add(bytes("b"))).isTrue();
        assertThat(few.add(bytes("c"))).isFalse();

        var small = new Outgoing(100, 10);
        assertThat(small.add(bytes("far more than ten bytes"))).as("one alone").isTrue();
        assertThat(small.add(bytes("x"))).isFalse();
    }

    @Test
    void hasWhoeverCanWaitWaitUntilThereIsRoom() throws InterruptedException {
        var outgoing = new Outgoing(1, 1_000);
        outgoing.add(bytes("a"));
        var waiting = CompletableFuture.runAsync(() -> {
            try {
                outgoing.await(bytes("b"));
                outgoing.await(bytes("c"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(text(outgoing.next(AT_ONCE))).isEqualTo("a");
        assertThat(text(outgoing.next(Duration.ofSeconds(30)))).isEqualTo("b");
        assertThat(text(outgoing.next(Duration.ofSeconds(30)))).isEqualTo("c");
        waiting.join();

        outgoing.add(bytes("d"));
        var late = CompletableFuture.runAsync(() -> {
            try {
                outgoing.await(bytes("never sent"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        outgoing.close(bytes("end"), false);
        late.join();
        assertThat(text(outgoing.next(AT_ONCE))).isEqualTo("d");
        assertThat(text(outgoing.next(AT_ONCE))).isEqualTo("end");
        assertThat(outgoing.isOver()).isTrue();
    }

    @Test
    void endsWithALastMessageAfterOrInsteadOfTheOthers() throws InterruptedException {
        var drained = new Outgoing(10, 1_000);
        drained.add(bytes("a"));
        drained.close(bytes("end"), false);
        assertThat(drained.add(bytes("late"))).isTrue();
        assertThat(text(drained.next(AT_ONCE))).isEqualTo("a");
        assertThat(drained.isOver()).isFalse();
        assertThat(text(drained.next(AT_ONCE))).isEqualTo("end");
        assertThat(drained.isOver()).isTrue();

        var dropped = new Outgoing(10, 1_000);
        dropped.add(bytes("a"));
        dropped.close(bytes("end"), true);
        assertThat(text(dropped.next(AT_ONCE))).isEqualTo("end");
        assertThat(dropped.isOver()).isTrue();
    }

    @Test
    void wakesWhoWaits() {
        var outgoing = new Outgoing(10, 1_000);
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return text(outgoing.next(Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        outgoing.add(bytes("there"));
        assertThat(waiting.join()).isEqualTo("there");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "nothing" : new String(bytes, StandardCharsets.UTF_8);
    }
}
