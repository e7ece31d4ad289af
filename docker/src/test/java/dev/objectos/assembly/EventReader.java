package dev.objectos.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a browser does, in a thread of its own. */
final class EventReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile boolean over;

    /** An event. */
    record Event(String name, JsonNode data) {

        String id() {
            return data.path("id").asString();
        }
    }

    private EventReader(HttpRequest request) {
        try {
            response = http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** Opens a stream, and returns once everything that happens from now on will be told. */
    static EventReader open(HttpRequest.Builder request) {
        var reader = new EventReader(request.header("Accept", "text/event-stream").build());
        reader.await("ready", 1);
        return reader;
    }

    int status() {
        return response.statusCode();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "message";
            var data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(name, JSON.readTree(data.toString())));
                    }
                    name = "message";
                    data.setLength(0);
                }
            }
        } catch (IOException _) {
            // The stream has ended.
        } finally {
            over = true;
        }
    }

    /** The changes so far: events of that name, or all but what is about the stream itself where the name is empty. */
    List<Event> named(String name) {
        return events.stream().filter(event -> name.isEmpty()
                ? !List.of("ready", "close", "reset").contains(event.name())
                : event.name().equals(name)).toList();
    }

    List<Event> await(String name, int count) {
        Patience.until(count + " events \"" + name + "\"; there are " + events + status(), Duration.ofSeconds(20),
                () -> named(name).size() >= count);
        return named(name);
    }

    void awaitEnd() {
        Patience.until("the end of the stream", Duration.ofSeconds(20), () -> over);
    }

    /** What a browser would come back with. */
    String lastId() {
        return lastId;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
