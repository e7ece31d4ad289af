package dev.objectos.auth.background;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.coordination.QueueDepth;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.mail.MailProperties;
import dev.objectos.runtime.mail.MailServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work that is left for later, through failures and restarts. */
final class BackgroundWorkTest {

    private static final String OWNER = "auth-background-test";

    private final TestingServer server = TestingServer.shared();

    private BackgroundWork work(String queue, BackgroundTask... tasks) {
        return new BackgroundWork(server.bean(Coordination.class).open(OWNER), queue, () -> List.of(tasks));
    }

    /** Remembers what it was asked to do. */
    private record Noting(String kind, Set<String> done) implements BackgroundTask {

        Noting(String kind) {
            this(kind, ConcurrentHashMap.newKeySet());
        }

        @Override
        public void perform(Map<String, String> details) {
            done.add(String.valueOf(details.get("what")));
        }
    }

    @Test
    void isDoneAfterARestart() {
        var task = new Noting("note");
        work("restart", task).leave("note", Map.of("what", "before"));
        assertThat(task.done()).isEmpty();
        BackgroundWork next = work("restart", task);
        next.start();
        Eventually.await(() -> task.done().contains("before"));
        Eventually.await(() -> left("restart") == 0);
        next.stop();
        assertThat(next.isRunning()).isFalse();
    }

    @Test
    void isTriedAgainUntilTheMailServerIsBack() throws IOException {
        int port = freePort();
        var properties = new MailProperties("127.0.0.1", port, null, null, "erp@example.com", false, false,
                Duration.ofSeconds(2));
        var mails = new MailServer(properties, server.clock());
        var tries = new AtomicInteger();
        var failures = new AtomicInteger();
        String address = TestingReader.freshEmail();
        BackgroundWork work = work("mail-server", new BackgroundTask() {

            @Override
            public String kind() {
                return "mail";
            }

            @Override
            public void perform(Map<String, String> details) {
                tries.incrementAndGet();
                try {
                    mails.send(new Mail("x", List.of(address), List.of(), List.of(), null, "subject", "text", null));
                } catch (RuntimeException e) {
                    failures.incrementAndGet();
                    throw e;
                }
            }
        });
        work.leave("mail", Map.of());
        work.start();
        Eventually.await(() -> failures.get() > 0);
        var back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        back.start();
        try {
            Eventually.await(() -> back.getReceivedMessagesForDomain(address).length == 1);
        } finally {
            work.stop();
            back.stop();
        }
        assertThat(tries.get()).isGreaterThan(1);
    }

    @Test
    void isNotKeptFromOthersByWhatFails() {
        var task = new Noting("note");
        BackgroundWork work = work("failing", task);
        work.leave("of-a-newer-version", Map.of());
        work.leave("note", Map.of("what", "after"));
        work.start();
        Eventually.await(() -> task.done().contains("after"));
        work.stop();
        assertThat(left("failing")).as("kept for whoever knows it").isEqualTo(1);
    }

    private long left(String queue) {
        QueueDepth depth = server.bean(Coordination.class).of(OWNER).queue(queue).depth();
        return depth.waiting() + depth.received();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
