package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
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

    private static final String INDUSTRY = "slow" + "-".repeat(20_000);
    private static final int TOGETHER = 100;
    private static final int BATCHES = 10;

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
        try (var slow = new Stream(http, null); var quick = new Stream(http, null)) {
            slow.until("ready");
            quick.until("ready");
            for (int batch = 0; batch < BATCHES; batch++) {
                make(batch);
                quick.read(TOGETHER);
            }
            assertThat(quick.heard()).as("nobody waits for another").containsExactlyElementsOf(made);

            slow.until("close");
            assertThat(slow.last()).contains("\"reason\":\"slow_consumer\"");
            assertThat(slow.heard()).hasSizeLessThan(made.size());

            Set<String> all = new HashSet<>(slow.heard());
            try (var again = new Stream(http, slow.position())) {
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
        ((List<?>) answer.json().get("records"))
                .forEach(record -> made.add(String.valueOf(((Map<?, ?>) record).get("id"))));
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

        Stream(TestingHttp http, @Nullable String after) throws IOException {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress("127.0.0.1", http.port()));
            // Of HTTP/1.0, so that the answer comes without the marks of chunks between.
            String resumed = after == null ? "" : "Last-Event-ID: " + after + "\r\n";
            socket.getOutputStream().write(("GET /api/realtime?object=accounts&filter=%7B%22industry%22%3A%7B%22"
                    + "%24startsWith%22%3A%22slow%22%7D%7D HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer test\r\n"
                    + "Accept: text/event-stream\r\n" + resumed + "\r\n").getBytes(StandardCharsets.US_ASCII));
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

        private void next() throws IOException {
            event = "";
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                } else if (line.startsWith("id: ")) {
                    position = line.substring("id: ".length());
                }
            }
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

        String last() {
            return data;
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
