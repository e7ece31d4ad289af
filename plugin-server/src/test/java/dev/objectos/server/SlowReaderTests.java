package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who does not read what they are told holds nobody up, is let go, and misses nothing. */
@ExtendWith(SharedRealServer.class)
class SlowReaderTests {

    private static final String INDUSTRY = "slow" + "-".repeat(80_000);
    private static final String CHANGES = "/api/realtime?object=accounts&filter="
            + url("{\"industry\": {\"$startsWith\": \"slow\"}}");
    private static final String SUBSCRIPTION = "/graphql?query="
            + url("subscription { accounts_changed(where: {industry: {_starts_with: \"slow\"}}) { record { industry } } }");
    private static final int TOGETHER = 25;
    private static final int BATCHES = 8;

    private final TestingHttp http;
    private final List<String> made = new ArrayList<>();

    SlowReaderTests(TestingHttp http) {
        this.http = http;
    }

    @AfterEach
    void remove() {
        for (int i = 0; i < made.size(); i += TOGETHER) {
            http.post("/api/data/accounts/deleteMany", "{\"ids\": "
                    + ids(made.subList(i, Math.min(made.size(), i + TOGETHER))) + "}");
        }
    }

    @Test
    void aReaderThatStopsIsLetGoAndGoesOnLater() throws IOException {
        try (var slow = new Stream(http, CHANGES, null);
                var quick = new Stream(http, CHANGES, null);
                var subscribed = new Stream(http, SUBSCRIPTION, null)) {
            slow.until("ready");
            quick.until("ready");
            subscribed.next();
            make(0);
            quick.read(TOGETHER);
            for (int batch = 1; batch < BATCHES; batch++) {
                make(batch);
                quick.read(TOGETHER);
            }
            assertThat(quick.heard()).as("nobody waits for another").containsExactlyElementsOf(made);

            slow.untilLetGo("close");
            assertThat(slow.heard()).hasSizeLessThan(made.size());
            subscribed.untilLetGo("complete");

            Set<String> all = new HashSet<>(slow.heard());
            try (var again = new Stream(http, CHANGES, slow.position())) {
                again.read(made.size() - slow.heard().size());
                all.addAll(again.heard());
            }
            assertThat(all).containsExactlyInAnyOrderElementsOf(made);
        }
    }

    private void make(int batch) {
        String records = IntStream.range(0, TOGETHER)
                .mapToObj(i -> "{\"name\": \"slow %d %d\", \"industry\": \"%s\"}".formatted(batch, i, INDUSTRY))
                .collect(Collectors.joining(",", "[", "]"));
        TestingHttp.Answer answer = http.post("/api/data/accounts/createMany", records);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        ((List<?>) Objects.requireNonNull(answer.json().get("records")))
                .forEach(record -> made.add(String.valueOf(((Map<?, ?>) record).get("id"))));
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String ids(List<String> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /** Server-sent events, read when they are asked for and not before. */
    private static final class Stream implements AutoCloseable {

        private final Socket socket = new Socket();
        private final BufferedReader lines;
        private final List<String> heard = new ArrayList<>();
        private String event = "";
        private String data = "";
        private String position = "";

        Stream(TestingHttp http, String path, @Nullable String after) throws IOException {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), http.port()));
            // HTTP/1.0, so that the answer comes without the marks of chunks between.
            String resumed = after == null ? "" : "Last-Event-ID: " + after + "\r\n";
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer test"
                    + "\r\nAccept: text/event-stream\r\n" + resumed + "\r\n").getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** So many further changes. */
        void read(int changes) throws IOException {
            int wanted = heard.size() + changes;
            while (heard.size() < wanted) {
                next();
            }
        }

        void until(String name) throws IOException {
            do {
                next();
            } while (!event.equals(name));
        }

        /** Reads to the end, which says why unless the container has given up on a client that reads nothing. */
        void untilLetGo(String end) {
            try {
                until(end);
                assertThat(data).contains("RATE_LIMITED", "\"reason\":\"slow_consumer\"");
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("ended");
            }
        }

        private void next() throws IOException {
            event = "";
            String id = position;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                }
            }
            position = id;
            if (event.equals("created")) {
                heard.add(String.valueOf(((Map<?, ?>) Objects
                        .requireNonNull(JsonReader.read(data.getBytes(StandardCharsets.UTF_8)))).get("id")));
            }
        }

        private String line() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream has ended after " + heard.size() + " changes; the last event was "
                        + event);
            }
            return line;
        }

        List<String> heard() {
            return heard;
        }

        String position() {
            return position;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
