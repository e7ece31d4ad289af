package dev.objectos.runtime.coordination.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.coordination.DeadMessage;
import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.MessageQueue;
import dev.objectos.runtime.coordination.MessageSender;
import dev.objectos.runtime.coordination.QueueDepth;
import dev.objectos.runtime.coordination.ReceivedMessage;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestingNodes nodes = new TestingNodes();
    private final ClusterCoordination here = nodes.looking();

    @AfterEach
    void close() {
        nodes.close();
    }

    private MessageQueue queue() {
        return nodes.of(here).queue("jobs", 2);
    }

    private static Message text(String text) {
        return Message.of(StoredValue.text(text));
    }

    private static List<String> bodies(List<ReceivedMessage> messages) {
        return messages.stream().map(message -> message.body().text()).toList();
    }

    private static void refused(RuntimeError code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThat(catchThrowableOfType(PlatformException.class, call)).isNotNull()
                .extracting(PlatformException::code).isEqualTo(code);
    }

    @Test
    void aMessageIsReceivedOnceAndGoneWhenItIsAcknowledged() {
        MessageQueue queue = queue();
        UUID tenant = UUID.randomUUID();
        long number = queue.send(new Message(tenant, StoredValue.json("{\"a\": 1}")));
        assertThat(queue.depth()).isEqualTo(new QueueDepth(1, 0, 0));

        ReceivedMessage message = queue.receive(10, MINUTE).getFirst();
        assertThat(message.number()).isEqualTo(number);
        assertThat(message.tenant()).isEqualTo(tenant);
        assertThat(message.body()).isEqualTo(StoredValue.json("{\"a\": 1}"));
        assertThat(message.sender()).isEqualTo(nodes.plugin());
        assertThat(message.attempt()).isEqualTo(1);
        assertThat(queue.receive(10, MINUTE)).isEmpty();
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 0));

        assertThat(message.acknowledge()).isTrue();
        assertThat(message.acknowledge()).isFalse();
        nodes.pass(MINUTE);
        assertThat(queue.receive(10, MINUTE)).isEmpty();
        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 0, 0));
    }

    @Test
    void messagesComeInTheOrderInWhichTheyWereSentAndAsManyAsAreAskedFor() {
        MessageQueue queue = queue();
        List<Long> numbers = queue.sendAll(List.of(text("1"), text("2"), text("3")), Duration.ZERO);
        assertThat(numbers).isSorted().hasSize(3);
        assertThat(bodies(queue.receive(2, MINUTE))).containsExactly("1", "2");
        assertThat(bodies(queue.receive(2, MINUTE))).containsExactly("3");
    }

    @Test
    void whatIsNotAcknowledgedInTimeComesAgainAndIsNoLongerTheFirstReceivers() {
        MessageQueue queue = queue();
        queue.send(text("a"));
        ReceivedMessage first = queue.receive(1, MINUTE).getFirst();
        nodes.pass(MINUTE);
        ReceivedMessage second = queue.receive(1, MINUTE).getFirst();
        assertThat(second.number()).isEqualTo(first.number());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(first.acknowledge()).isFalse();
        assertThat(first.extend(MINUTE)).isFalse();
        assertThat(first.giveBack(Duration.ZERO, "late")).isFalse();
        assertThat(second.acknowledge()).isTrue();
    }

    @Test
    void aReceiverMayKeepAMessageLonger() {
        MessageQueue queue = queue();
        queue.send(text("a"));
        ReceivedMessage message = queue.receive(1, MINUTE).getFirst();
        assertThat(message.extend(Duration.ofMinutes(10))).isTrue();
        nodes.pass(Duration.ofMinutes(5));
        assertThat(queue.receive(1, MINUTE)).isEmpty();
        assertThat(message.acknowledge()).isTrue();
    }

    @Test
    void aDelayedMessageWaitsAndSoDoesOneThatIsGivenBack() {
        MessageQueue queue = queue();
        queue.send(text("a"), MINUTE);
        assertThat(queue.receive(1, MINUTE)).isEmpty();
        nodes.pass(MINUTE);
        assertThat(queue.receive(1, MINUTE).getFirst().giveBack(Duration.ofMinutes(2), "not yet")).isTrue();
        nodes.pass(MINUTE);
        assertThat(queue.receive(1, MINUTE)).isEmpty();
        nodes.pass(MINUTE);
        assertThat(queue.receive(1, MINUTE)).hasSize(1);
    }

    @Test
    void aMessageIsDeadAfterItsAttemptsAndDoesNotHideWhatWaitsBehindIt() {
        MessageQueue queue = queue();
        long number = queue.send(text("poison"));
        queue.receive(1, MINUTE).getFirst().giveBack(Duration.ZERO, "cannot be read");
        queue.receive(1, MINUTE).getFirst().giveBack(Duration.ZERO, "cannot be read either");
        queue.send(text("good"));
        assertThat(bodies(queue.receive(1, MINUTE))).containsExactly("good");

        assertThat(queue.depth()).isEqualTo(new QueueDepth(0, 1, 1));
        DeadMessage dead = queue.dead(0, 10).getFirst();
        assertThat(dead.number()).isEqualTo(number);
        assertThat(dead.attempts()).isEqualTo(2);
        assertThat(dead.cause()).isEqualTo("cannot be read either");
        assertThat(dead.body()).isEqualTo(StoredValue.text("poison"));
        assertThat(dead.tenant()).isEqualTo(KeyValueStores.PLATFORM);
        assertThat(queue.dead(number, 10)).isEmpty();
        assertThat(nodes.meters().get("objectos.queue.messages").tag("event", "died").counter().count()).isEqualTo(1);
    }

    @Test
    void whatDiesOfSilenceSaysSo() {
        MessageQueue queue = queue();
        queue.send(text("a"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(queue.receive(1, MINUTE)).hasSize(1);
            nodes.pass(MINUTE);
        }
        assertThat(queue.receive(1, MINUTE)).isEmpty();
        assertThat(queue.dead(0, 10)).extracting(DeadMessage::cause).containsExactly("It was not acknowledged in time");
    }

    @Test
    void aDeadMessageIsRevivedOrDiscardedOrForgotten() {
        MessageQueue queue = nodes.of(here).queue("jobs", 1);
        List<Long> numbers = queue.sendAll(List.of(text("1"), text("2"), text("3")), Duration.ZERO);
        queue.receive(3, MINUTE);
        nodes.pass(MINUTE);
        assertThat(queue.receive(3, MINUTE)).isEmpty();

        assertThat(queue.revive(numbers.get(0))).isTrue();
        assertThat(queue.revive(numbers.get(0))).isFalse();
        ReceivedMessage revived = queue.receive(3, MINUTE).getFirst();
        assertThat(revived.number()).isEqualTo(numbers.get(0));
        assertThat(revived.attempt()).isEqualTo(1);
        assertThat(queue.discard(numbers.get(1))).isTrue();
        assertThat(queue.dead(0, 10)).extracting(DeadMessage::number).containsExactly(numbers.get(2));
        nodes.pass(Duration.ofDays(31));
        here.keepUp();
        assertThat(queue.dead(0, 10)).isEmpty();
    }

    @Test
    void manyReceiversGetEachMessageOnce() throws Exception {
        MessageQueue queue = queue();
        int messages = 300;
        for (int i = 0; i < messages; i += 100) {
            int from = i;
            queue.sendAll(IntStream.range(from, from + 100).mapToObj(n -> text("m" + n)).toList(), Duration.ZERO);
        }
        var received = new ConcurrentLinkedQueue<String>();
        ClusterCoordination there = nodes.looking();
        Function<ClusterCoordination, Callable<Void>> receiver = node -> () -> {
            MessageQueue own = nodes.of(node).queue("jobs");
            List<ReceivedMessage> some = own.receive(7, MINUTE);
            while (!some.isEmpty()) {
                some.forEach(message -> {
                    received.add(message.body().text());
                    assertThat(message.acknowledge()).isTrue();
                });
                some = own.receive(7, MINUTE);
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Void>>();
            for (int i = 0; i < 8; i++) {
                running.add(threads.submit(receiver.apply(i % 2 == 0 ? here : there)));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        }
        assertThat(received).hasSize(messages).doesNotHaveDuplicates();
    }

    @Test
    void whoWaitsIsWokenByAMessageFromAnotherNode() throws Exception {
        ClusterCoordination there = nodes.listening();
        ClusterCoordination sender = nodes.listening();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<ReceivedMessage>> waiting = threads
                    .submit(() -> nodes.of(there).queue("jobs").receive(1, MINUTE, Duration.ofMinutes(10)));
            nodes.of(sender).queue("jobs").send(text("a"));
            assertThat(bodies(waiting.get())).containsExactly("a");
        }
    }

    @Test
    void whoWaitsFindsByLookingWhatNobodyTellsOf() throws InterruptedException {
        nodes.of(nodes.looking()).queue("jobs").send(text("a"), Duration.ofMillis(300));
        assertThat(bodies(queue().receive(1, MINUTE, Duration.ofMinutes(1)))).containsExactly("a");
        assertThat(queue().receive(1, MINUTE, Duration.ofMillis(50))).isEmpty();
    }

    @Test
    void nobodyWaitsAnyLongerOnceThePluginsCoordinationIsClosed() throws Exception {
        ClusterCoordination node = nodes.listening();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<ReceivedMessage>> waiting = threads
                    .submit(() -> nodes.of(node).queue("jobs").receive(1, MINUTE, Duration.ofMinutes(10)));
            while (!waiting.isDone()) {
                nodes.of(node).close();
            }
            assertThat(waiting.get()).isEmpty();
        }
    }

    @Test
    void anotherPluginSendsOnceItIsAdmitted() {
        MessageSender theirs = here.of("friend-of-" + nodes.plugin()).sender(nodes.plugin(), "jobs");
        refused(RuntimeError.PERMISSION_DENIED, () -> theirs.send(text("a")));
        nodes.of(here).admit("jobs", "friend-of-" + nodes.plugin());
        theirs.send(text("b"));
        assertThat(queue().receive(1, MINUTE).getFirst().sender()).isEqualTo("friend-of-" + nodes.plugin());
        refused(RuntimeError.PERMISSION_DENIED,
                () -> here.of("friend-of-" + nodes.plugin()).sender(nodes.plugin(), "others").send(text("a")));
        nodes.of(here).dismiss("jobs", "friend-of-" + nodes.plugin());
        refused(RuntimeError.PERMISSION_DENIED, () -> theirs.send(text("c")));
        refused(RuntimeError.INVALID_REQUEST, () -> nodes.of(here).admit("jobs", nodes.plugin()));
    }

    @Test
    void refusesWhatIsTooMuch() {
        MessageQueue queue = queue();
        refused(RuntimeError.PAYLOAD_TOO_LARGE, () -> queue.send(Message.of(StoredValue.of(new byte[1_025]))));
        refused(RuntimeError.INVALID_REQUEST, () -> queue.receive(0, MINUTE));
        refused(RuntimeError.INVALID_REQUEST, () -> queue.receive(1, Duration.ZERO));
        refused(RuntimeError.INVALID_REQUEST, () -> queue.send(text("a"), Duration.ofSeconds(-1)));
        refused(RuntimeError.INVALID_REQUEST, () -> nodes.of(here).queue("Not a name"));
        refused(RuntimeError.INVALID_REQUEST, () -> nodes.of(here).queue("jobs", 0));

        queue.sendAll(List.of(text("1"), text("2"), text("3")), Duration.ZERO);
        here.keepUp();
        refused(RuntimeError.QUOTA_EXCEEDED, () -> queue.send(text("4")));
        assertThat(nodes.meters().get("objectos.queue.depth").tag("owner", nodes.plugin()).tag("state", "waiting")
                .gauge().value()).isEqualTo(3);
        queue.receive(1, MINUTE).getFirst().acknowledge();
        here.keepUp();
        queue.send(text("4"));
    }

    @Test
    void nothingIsLeftOfAPluginThatIsErased() {
        queue().send(text("a"));
        nodes.of(here).admit("jobs", "friend");
        assertThat(nodes.of(here).tryLock("lock", MINUTE)).isPresent();
        here.erase(nodes.plugin());
        for (String table : List.of("queue_message", "queue_dead_letter", "queue_sender", "named_lock")) {
            assertThat(nodes.number("select count(*) from platform." + table + " where owner = '" + nodes.plugin()
                    + "'")).as(table).isZero();
        }
    }
}
