package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.problem.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages over a WebSocket: JSON objects with a {@code type}, and an {@code id} by which answers find their question. */
final class SocketMessages {

    private static final int LONGEST_ID = 200;

    private SocketMessages() {}

    /** What a client says. */
    record Said(String type, @Nullable String id, Map<?, ?> message) {

        /** A text of the message; null: there is none. */
        @Nullable
        String text(String name) {
            return message.get(name) instanceof String text ? text : null;
        }

        /** The id, without which nobody could tell what the answer is about. */
        String requireId() {
            if (id == null) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST,
                        "\"" + type + "\" needs an \"id\" by which its answers are told apart");
            }
            return id;
        }
    }

    static Said read(String text) {
        if (!(JsonReader.read(text, RuntimeError.INVALID_REQUEST, "The message") instanceof Map<?, ?> message)
                || !(message.get("type") instanceof String type)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A message is a JSON object with \"type\": authenticate, subscribe, unsubscribe or ping");
        }
        Object id = message.get("id");
        if (id != null && !(id instanceof String given && given.length() <= LONGEST_ID)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "\"id\" is a text of at most 200 characters");
        }
        return new Said(type, (String) id, message);
    }

    /** An answer that says no more than that something was done. */
    static byte[] done(String type, @Nullable String id) {
        return about(type, id).endObject().bytes();
    }

    static byte[] subscribed(String id, long position) {
        return about("subscribed", id).text("position", String.valueOf(position)).endObject().bytes();
    }

    static byte[] change(String subscription, ChangeEvent event) {
        JsonAnswer message = about("event", subscription);
        if (event.resumable()) {
            message.text("eventId", String.valueOf(event.position()));
        }
        return message.name("event").embedded(EventStream.data(subscription, event)).endObject().bytes();
    }

    static byte[] reset(String subscription, long position) {
        return about("reset", subscription).text("eventId", String.valueOf(position)).endObject().bytes();
    }

    /** A refusal, of one question or of the connection. */
    static byte[] error(@Nullable String id, PlatformException refusal, String requestId) {
        return about("error", id).text("code", refusal.code().name()).text("message", refusal.message())
                .name("error").embedded(Problem.of(refusal).json(requestId)).endObject().bytes();
    }

    private static JsonAnswer about(String type, @Nullable String id) {
        JsonAnswer message = new JsonAnswer().beginObject().text("type", type);
        return id == null ? message : message.text("id", id);
    }
}
