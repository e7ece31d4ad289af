package dev.objectos.runtime.plugin.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Requests of a plugin, against a web server on this machine. */
class GrantedHttpTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch late = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PinnedClient client = new PinnedClient();
    private HttpServer web;

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(threads);
        web.createContext("/", exchange -> {
            asked.incrementAndGet();
            answer(exchange);
        });
        web.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (path) {
            case "/loop", "/away", "/off", "/other" -> {
                exchange.getResponseHeaders().add("Location", switch (path) {
                    case "/away" -> "http://elsewhere.example/";
                    case "/off" -> "file:///etc/passwd";
                    case "/other" -> "http://localhost:" + port() + "/echo";
                    default -> "/loop";
                });
                exchange.sendResponseHeaders(path.equals("/other") ? 303 : 307, -1);
            }
            case "/late" -> {
                try {
                    late.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            case "/host" -> reply(exchange, exchange.getRequestHeaders().getFirst("Host"));
            case "/large" -> reply(exchange, "x".repeat(2_000));
            default ->
                reply(exchange, exchange.getRequestMethod() + " " + new String(body, StandardCharsets.UTF_8) + " "
                        + exchange.getRequestHeaders().get("X-Key"));
        }
        exchange.close();
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @AfterEach
    void end() {
        late.countDown();
        web.stop(0);
        threads.shutdownNow();
        client.close();
    }

    private int port() {
        return web.getAddress().getPort();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).header("X-Key", "k3y");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var limits = new HttpProperties(Duration.ofSeconds(5), DataSize.ofBytes(1_000), DataSize.ofBytes(1_000),
                List.of());
        var approved = List.of(ApprovedHost.parse("127.0.0.1:" + port()), ApprovedHost.parse("localhost:" + port()));
        return new GrantedHttp(client, new Reach("acme-asks", approved, Set::of, InetAddress::getAllByName),
                () -> limits,
                new HttpMeters("acme-asks", meters)).send(request.build());
    }

    private long counted(String outcome) {
        return meters.get("objectos.plugin.http").tag("plugin", "acme-asks").tag("outcome", outcome).timer().count();
    }

    @Test
    void answersWithWhatTheHostSays() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request("/echo").POST(BodyPublishers.ofString("hello")));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("POST hello [k3y]");
        assertThat(counted("2xx")).isEqualTo(1);
    }

    @Test
    void looksAtWhereARedirectLeadsBeforeItGoesThere() {
        assertThatThrownBy(() -> send(request("/away"))).isInstanceOf(PlatformException.class)
                .hasMessageContaining("'elsewhere.example:80' under permissions.network");
        assertThatThrownBy(() -> send(request("/off"))).isInstanceOf(PlatformException.class)
                .hasMessageContaining("only http and https");
        assertThat(counted("refused")).isEqualTo(2);
    }

    @Test
    void anotherHostIsToldNoKeysAndGetsNoBodyWhereItShallNot() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request("/other").POST(BodyPublishers.ofString("hello")));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("GET  null");
    }

    @Test
    void asksTheMachineThatWasLookedAtWhateverTheNameMeansNow() throws IOException, InterruptedException {
        var lookedUp = new AtomicInteger();
        var reach = new Reach("acme-asks", List.of(ApprovedHost.parse("pinned.example:" + port())),
                () -> Set.of("pinned.example"), _ -> {
                    lookedUp.incrementAndGet();
                    return new InetAddress[]{InetAddress.getLoopbackAddress()};
                });
        var limits = new HttpProperties(Duration.ofSeconds(5), DataSize.ofBytes(1_000), DataSize.ofBytes(1_000),
                List.of());
        HttpResponse<byte[]> answer = new GrantedHttp(client, reach, () -> limits, new HttpMeters("acme-asks", meters))
                .send(HttpRequest.newBuilder(URI.create("http://pinned.example:" + port() + "/host")).build());
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("pinned.example:" + port());
        assertThat(lookedUp).hasValue(1);
    }

    @Test
    void goesInNoCircles() {
        assertThatThrownBy(() -> send(request("/loop"))).isInstanceOf(IOException.class)
                .hasMessageContaining("more than 5 times");
        assertThat(asked).hasValue(6);
    }

    @Test
    void endsInTimeAndTakesNoMoreThanIsAllowed() {
        assertThatThrownBy(() -> send(request("/late").timeout(Duration.ofMillis(200))))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(counted("timeout")).isEqualTo(1);
        assertThatThrownBy(() -> send(request("/large"))).isInstanceOf(IOException.class);
    }

    @Test
    void sendsNoMoreThanIsAllowed() {
        int before = asked.get();
        assertThatThrownBy(() -> send(request("/echo").POST(BodyPublishers.ofString("x".repeat(1_001)))))
                .isInstanceOfSatisfying(PlatformException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE));
        assertThatThrownBy(() -> send(request("/echo")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1])))))
                .hasMessageContaining("how long it is");
        assertThat(asked).hasValue(before);
    }
}
