package dev.objectos.assembly;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket of changes, with everything that was said over it. */
final class SocketClient implements AutoCloseable, WebSocket.Listener {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private volatile int closedWith;

    /** @param headers adds what the handshake brings */
    SocketClient(ServerProcess server, UnaryOperator<WebSocket.Builder> headers) {
        socket = headers.apply(http.newWebSocketBuilder())
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/api/realtime"), this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(JSON.readTree(part.toString()));
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        closedWith = status;
        return null;
    }

    void say(String json) {
        socket.sendText(json, true).join();
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    List<JsonNode> heard(String type) {
        return heard.stream().filter(message -> message.path("type").asString().equals(type)).toList();
    }

    JsonNode await(String type, int count) {
        Patience.until(count + " messages \"" + type + "\" among " + heard, Duration.ofSeconds(20),
                () -> heard(type).size() >= count);
        return heard(type).get(count - 1);
    }

    int awaitClose() {
        Patience.until("the end of the WebSocket", Duration.ofSeconds(20), () -> closedWith != 0);
        return closedWith;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        http.close();
    }
}
