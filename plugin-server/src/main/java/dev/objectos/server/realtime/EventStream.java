package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.server.json.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages as server-sent events. */
final class EventStream {

    /** How soon a browser comes back by itself, in milliseconds. */
    private static final int RETRY = 2_000;

    private EventStream() {}

    /** The first: what was subscribed to, and the position behind which everything is told. */
    static byte[] ready(List<SubscriptionParser.Named> subscriptions, long position) {
        JsonAnswer data = new JsonAnswer().beginObject().text("position", String.valueOf(position))
                .name("subscriptions").beginArray();
        subscriptions.forEach(named -> data.beginObject().text("id", named.name())
                .text("object", named.subscription().query().object()).endObject());
        return message("retry: " + RETRY + "\nevent: ready\nid: " + position + "\n", data.endArray().endObject());
    }

    static byte[] change(String subscription, ChangeEvent event) {
        String id = event.resumable() ? "id: " + event.position() + "\n" : "";
        return message("event: " + event.kind().word() + "\n" + id, data(subscription, event));
    }

    /** What is told of a change on every transport: an object that lacks its end. */
    static JsonAnswer data(String subscription, ChangeEvent event) {
        JsonDocument record = event.record();
        JsonAnswer data = new JsonAnswer(200 + (record == null ? 0 : record.utf8().length)).beginObject()
                .text("subscription", subscription).text("object", event.object()).text("id", event.id().toString())
                .text("action", event.kind().word()).name("record");
        Long version = event.version();
        JsonAnswer rest = (record == null ? data.nothing() : data.document(record)).text("at", event.at().toString())
                .name("version");
        return (version == null ? rest.nothing() : rest.number(version)).endObject();
    }

    static byte[] reset(String subscription, long position) {
        return message("event: reset\nid: " + position + "\n", new JsonAnswer().beginObject()
                .text("subscription", subscription).text("position", String.valueOf(position)).endObject());
    }

    /** A comment that keeps the connection open, and the position that the client has come to without any event. */
    static byte[] heartbeat(long position) {
        return (": heartbeat\nid: " + position + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The last: why there will be no more. */
    static byte[] close(PlatformException because) {
        JsonAnswer data = new JsonAnswer().beginObject().text("code", because.code().name()).text("message",
                because.message());
        because.members().forEach(data::treeIfAny);
        return message("event: close\nretry: " + RETRY + "\n", data.endObject());
    }

    private static byte[] message(String head, JsonAnswer data) {
        byte[] start = (head + "data: ").getBytes(StandardCharsets.US_ASCII);
        byte[] json = data.bytes();
        byte[] message = new byte[start.length + json.length + 2];
        System.arraycopy(start, 0, message, 0, start.length);
        // JSON of ours and of PostgreSQL's has its line breaks escaped, or as blanks between values.
        for (int i = 0; i < json.length; i++) {
            byte one = json[i];
            message[start.length + i] = one == '\n' || one == '\r' ? (byte) ' ' : one;
        }
        message[message.length - 2] = '\n';
        message[message.length - 1] = '\n';
        return message;
    }
}
