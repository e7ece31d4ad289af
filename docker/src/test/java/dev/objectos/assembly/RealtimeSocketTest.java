package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocketHandshakeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Changes over WebSockets, and who may open one, on the assembled server. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class RealtimeSocketTest {

    private static final String CASES = "/api/data/cases";

    private final ServerProcess server;
    private final Colleague ada;

    RealtimeSocketTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        ada = Colleague.join(server, "socket-ada", "support");
    }

    @Test
    void tellsOfWhatWasSubscribedToUntilItIsEnded() {
        try (SocketClient client = signedIn(ada)) {
            client.say("{\"type\": \"subscribe\", \"id\": \"s1\", \"object\": \"cases\", "
                    + "\"where\": {\"region\": \"west\"}, \"fields\": [\"title\"]}");
            client.say("{\"type\": \"subscribe\", \"id\": \"s2\", \"object\": \"cases\", \"actions\": [\"deleted\"]}");
            client.await("subscribed", 2);
            String id = ada.post(CASES, "{\"title\": \"West\", \"region\": \"west\"}").id();
            JsonNode created = client.await("event", 1);
            assertThat(created.path("id").asString()).isEqualTo("s1");
            assertThat(created.path("eventId").asString()).isNotEmpty();
            assertThat(created.path("event").path("action").asString()).isEqualTo("created");
            assertThat(created.path("event").path("id").asString()).isEqualTo(id);
            assertThat(created.path("event").path("record").propertyNames()).containsExactlyInAnyOrder("id", "title");

            client.say("{\"type\": \"unsubscribe\", \"id\": \"s1\"}");
            assertThat(client.await("unsubscribed", 1).path("id").asString()).isEqualTo("s1");
            ada.delete(CASES + "/" + id);
            assertThat(client.await("event", 2).path("id").asString()).isEqualTo("s2");

            String missed = ada.post(CASES, "{\"title\": \"Again\", \"region\": \"west\"}").id();
            client.say("{\"type\": \"subscribe\", \"id\": \"s3\", \"object\": \"cases\", \"lastEventId\": \""
                    + created.path("eventId").asString() + "\"}");
            JsonNode replayed = client.await("event", 4);
            assertThat(List.of(client.heard("event").get(2), replayed))
                    .extracting(event -> event.path("event").path("id").asString()).containsExactly(id, missed);
            client.say("{\"type\": \"ping\", \"id\": \"p\"}");
            assertThat(client.await("pong", 1).path("id").asString()).isEqualTo("p");
        }
    }

    @Test
    void refusesWithTheCodesOfTheApi() {
        try (SocketClient client = signedIn(ada)) {
            client.say("{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\", \"where\": {\"nothing\": 1}}");
            JsonNode error = client.await("error", 1);
            assertThat(error.path("id").asString()).isEqualTo("1");
            assertThat(error.path("code").asString()).isEqualTo("INVALID_FIELD");
            assertThat(error.path("error").path("status").asInt()).isEqualTo(400);
            client.say("{\"type\": \"subscribe\", \"id\": \"2\", \"object\": \"accounts\"}");
            assertThat(client.await("error", 2).path("code").asString()).isEqualTo("PERMISSION_DENIED");
            client.say("{\"type\": \"subscribe\", \"object\": \"cases\"}");
            assertThat(client.await("error", 3).path("code").asString()).isEqualTo("INVALID_REQUEST");
            client.say("no JSON");
            assertThat(client.await("error", 4).path("code").asString()).isEqualTo("INVALID_REQUEST");
            client.say("{\"type\": \"unsubscribe\", \"id\": \"1\"}");
            assertThat(client.await("error", 5).path("code").asString()).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void signsInWhereNoHeaderCanBeSet() {
        try (SocketClient client = new SocketClient(server,
                builder -> builder.subprotocols("objectos", "objectos.bearer." + ada.token()))) {
            assertThat(client.protocol()).isEqualTo("objectos");
            client.say("{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\"}");
            client.await("subscribed", 1);
        }
        try (SocketClient client = new SocketClient(server, builder -> builder)) {
            client.say("{\"type\": \"authenticate\", \"id\": \"0\", \"token\": \"" + ada.token() + "\"}");
            client.await("authenticated", 1);
            client.say("{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\"}");
            client.await("subscribed", 1);
        }
        for (String first : List.of("{\"type\": \"authenticate\", \"token\": \"wrong\"}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\"}")) {
            try (SocketClient client = new SocketClient(server, builder -> builder)) {
                client.say(first);
                assertThat(client.await("error", 1).path("code").asString()).isEqualTo("UNAUTHENTICATED");
                assertThat(client.awaitClose()).isEqualTo(4401);
            }
        }
    }

    @Test
    void takesACookieFromItsOwnPagesOnly() {
        String cookie = "objectos.session_token=" + ada.token();
        try (SocketClient client = new SocketClient(server, builder -> builder.header("Cookie", cookie)
                .header("Origin", "http://127.0.0.1:" + server.port()))) {
            client.say("{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\"}");
            client.await("subscribed", 1);
        }
        try (SocketClient client = new SocketClient(server, builder -> builder.header("Cookie", cookie)
                .header("Origin", "https://evil.example"))) {
            client.say("{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\"}");
            assertThat(client.await("error", 1).path("code").asString()).isEqualTo("UNAUTHENTICATED");
        } catch (java.util.concurrent.CompletionException e) {
            assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void endsWithTheSession() {
        Colleague guest = Colleague.join(server, "socket-guest", "support");
        try (SocketClient client = signedIn(guest)) {
            client.say("{\"type\": \"subscribe\", \"id\": \"1\", \"object\": \"cases\"}");
            client.await("subscribed", 1);
            server.post("/api/auth/admin/ban-user", "{\"userId\": \"" + guest.account() + "\"}");
            assertThat(client.awaitClose()).isEqualTo(4401);
        }
    }

    private SocketClient signedIn(Colleague colleague) {
        return new SocketClient(server, builder -> builder.header("Authorization", "Bearer " + colleague.token()));
    }
}
