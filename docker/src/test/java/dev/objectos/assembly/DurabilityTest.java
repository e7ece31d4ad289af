package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.objectos.runtime.RunsBesideOthers;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was acknowledged survives a crash and a stop, and a stop answers what it has begun. */
@RunsBesideOthers
class DurabilityTest {

    private static final int WRITERS = 8;
    private static final int ACKNOWLEDGED = 300;
    private static final String LEADS_LIVE = "/api/realtime?object=leads&fields=last_name";

    @TempDir
    Path folder;

    private Path home;
    private Map<String, String> settings;
    private ServerProcess server;

    /** Not listening before the crash, so that no mail goes out. */
    private GreenMail mails;

    @BeforeEach
    void start() throws IOException {
        home = folder.resolve("home");
        int port = ServerProcess.freePort();
        mails = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        settings = Map.of("OBJECTOS_MAIL_HOST", "127.0.0.1", "OBJECTOS_MAIL_PORT", Integer.toString(port),
                "OBJECTOS_IMPORTS_CLAIM", "15s");
        server = startAgain();
    }

    @AfterEach
    void stop() {
        server.close();
        mails.stop();
    }

    @Test
    void acknowledgedWritesAndWhatFollowsFromThemSurviveAKillAndAStopDrainsWhatItHasBegun()
            throws InterruptedException, ExecutionException, IOException, MessagingException {
        SubmissionsBeforeACrash submissions = SubmissionsBeforeACrash.make(server);
        RepeatsBeforeACrash repeats = RepeatsBeforeACrash.begin(server);
        var lead = new AtomicReference<LeadBeforeACrash>();
        var rows = new AtomicReference<ImportBeforeACrash>();
        Map<String, Integer> acknowledged;
        EditsBeforeACrash edits;
        try (var administrator = Executors.newVirtualThreadPerTaskExecutor()) {
            edits = EditsBeforeACrash.begin(server, administrator);
            acknowledged = writeUntilKilled(() -> {
                lead.set(LeadBeforeACrash.make(server));
                rows.set(ImportBeforeACrash.make(server));
            });
            edits.end().get();
        }

        server.close();
        mails.start();
        server = startAgain();
        edits.assertOldOrNew(server);
        submissions.assertNotified(server);
        lead.get().assertMailed(server, mails);
        rows.get().assertComplete(server);
        repeats.assertOneEffectEach(server);

        Map<String, JsonNode> stored = all("accounts", "id,name,employees,credit_limit");
        stored.values().removeIf(account -> !account.path("name").asString().equals("Durable"));
        assertThat(stored.keySet()).containsAll(acknowledged.keySet());
        acknowledged.forEach((id, value) -> {
            // The kill may have taken away the answer of the next change, but not the change.
            assertThat(stored.get(id).path("employees").asInt()).as("account %s", id).isBetween(value, value + 1);
            assertThat(stored.get(id).path("credit_limit").asInt()).as("both values of %s", id)
                    .isEqualTo(stored.get(id).path("employees").asInt());
        });
        var parents = all("contacts", "id,account").values().stream()
                .collect(Collectors.groupingBy(contact -> contact.path("account").asString(),
                        Collectors.counting()));
        assertThat(stored.keySet()).allSatisfy(account -> assertThat(parents).containsEntry(account, 1L));

        EventReader listening = EventReader.open(server.signed("GET", LEADS_LIVE));
        stopWhileBusy();
        assertDatabaseIsDown();
        listening.awaitEnd();
        assertThat(listening.named("close")).singleElement()
                .satisfies(end -> assertThat(end.data().path("reason").asString()).isEqualTo("shutdown"));

        server.close();
        server = startAgain();
        var told = new HashSet<String>();
        listening.named("created").forEach(event -> told.add(event.id()));
        try (EventReader again = EventReader
                .open(server.signed("GET", LEADS_LIVE).header("Last-Event-ID", listening.lastId()))) {
            Patience.until("what a client missed while the server was down", Duration.ofSeconds(20), () -> {
                again.named("created").forEach(event -> told.add(event.id()));
                return told.size() >= WRITERS;
            });
            assertThat(again.named("reset")).isEmpty();
        }
        listening.close();
        assertThat(all("accounts", "id").keySet()).containsAll(acknowledged.keySet());
        assertThat(all("leads", "id,last_name").values())
                .filteredOn(found -> found.path("last_name").asString().equals("Drained")).hasSize(WRITERS);
    }

    /** Each client makes accounts with a contact in one transaction, and changes each of them twice. */
    private Map<String, Integer> writeUntilKilled(Runnable lastOfAll) throws InterruptedException, ExecutionException {
        var acknowledged = new ConcurrentHashMap<String, Integer>();
        var writes = new AtomicInteger();
        var killed = new AtomicBoolean();
        var refused = new ConcurrentHashMap<String, Answer>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> clients = IntStream.range(0, WRITERS).mapToObj(client -> executor.submit(() -> {
                while (!killed.get()) {
                    try {
                        Answer created = server.post("/api/batch", """
                                {"operations": [
                                  {"object": "accounts", "action": "create",
                                   "data": {"name": "Durable", "employees": 0, "credit_limit": 0}},
                                  {"object": "contacts", "action": "create",
                                   "data": {"last_name": "Child", "account": {"$ref": 0}}}]}""");
                        if (created.status() != 200) {
                            refused.put("create", created);
                            return;
                        }
                        String id = created.json().path("results").get(0).path("id").asString();
                        acknowledged.put(id, 0);
                        writes.incrementAndGet();
                        for (int value = 1; value <= 2; value++) {
                            Answer updated = server.patch("/api/data/accounts/" + id,
                                    "{\"employees\": %d, \"credit_limit\": %d}".formatted(value, value));
                            if (updated.status() != 200) {
                                refused.put("update", updated);
                                return;
                            }
                            acknowledged.put(id, value);
                            writes.incrementAndGet();
                        }
                    } catch (UncheckedIOException _) {
                        // No answer, no promise.
                        return;
                    }
                }
            })).toList();
            Patience.until("enough acknowledged writes", Duration.ofSeconds(60),
                    () -> writes.get() >= ACKNOWLEDGED || !refused.isEmpty());
            lastOfAll.run();
            killed.set(true);
            server.kill();
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(refused).isEmpty();
        assertThat(writes.get()).isGreaterThanOrEqualTo(ACKNOWLEDGED);
        return acknowledged;
    }

    /** The signal comes when the server has asked for the bodies of some requests, and these follow only after it. */
    private void stopWhileBusy() throws InterruptedException, ExecutionException, IOException {
        var feeders = IntStream.range(0, WRITERS)
                .mapToObj(_ -> new HeldBody("{\"last_name\": \"Drained\", \"company\": \"x\"}"))
                .toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = feeders.stream().map(body -> executor.submit(() -> server.send(
                    server.signed("POST", "/api/data/leads").header("Content-Type", "application/json")
                            .expectContinue(true).method("POST", body.publisher()))))
                    .toList();
            for (HeldBody body : feeders) {
                body.awaitBegun();
            }
            server.signalStop();
            Patience.until("the server to refuse new connections", Duration.ofSeconds(20),
                    () -> !accepts(server.port()));
            feeders.forEach(HeldBody::release);
            for (Future<Answer> answer : answers) {
                assertThat(answer.get()).returns(201, Answer::status);
            }
        }
        assertThat(server.await()).isIn(0, 143);
    }

    private void assertDatabaseIsDown() throws IOException {
        Path postgres = home.resolve("postgres");
        assertThat(postgres.resolve("data").resolve("postmaster.pid")).doesNotExist();
        assertThat(accepts(Integer.parseInt(Files.readString(postgres.resolve("port")).strip()))).isFalse();
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private Map<String, JsonNode> all(String object, String fields) {
        var records = new ConcurrentHashMap<String, JsonNode>();
        String cursor = "";
        do {
            Answer page = server.get("/api/data/" + object + "?top=500&sort=id&select=" + fields
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            page.json().path("records").forEach(record -> records.put(record.path("id").asString(), record));
            cursor = page.json().path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return records;
    }

    private ServerProcess startAgain() {
        return ServerProcess.start(home, true, List.of(), settings);
    }
}
