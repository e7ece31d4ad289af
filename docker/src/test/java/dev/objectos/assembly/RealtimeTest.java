package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.assembly.EventReader.Event;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server-sent changes, as people with different rights meet them on the assembled server. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class RealtimeTest {

    private static final String CASES = "/api/data/cases";

    private final ServerProcess server;
    private final Colleague ada;
    private final Colleague ben;

    RealtimeTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        ada = Colleague.join(server, "live-ada", "support");
        ben = Colleague.join(server, "live-ben", "support");
    }

    @Test
    void tellsOfARecordFromItsBeginningToItsEnd() {
        try (EventReader reader = EventReader.open(ada.request("GET", "/api/realtime?object=cases"))) {
            String id = ada.post(CASES, "{\"title\": \"Broken\"}").id();
            Event created = reader.await("created", 1).getLast();
            assertThat(created.id()).isEqualTo(id);
            assertThat(created.data().path("object").asString()).isEqualTo("cases");
            assertThat(created.data().path("action").asString()).isEqualTo("created");
            assertThat(created.data().path("record")).isEqualTo(ada.get(CASES + "/" + id).record());
            assertThat(created.data().path("version").asLong()).isEqualTo(1);
            assertThat(created.data().path("at").asString()).endsWith("Z");

            ada.patch(CASES + "/" + id, "{\"title\": \"Mended\"}");
            assertThat(reader.await("updated", 1).getLast().data().path("record").path("title").asString())
                    .isEqualTo("Mended");

            ada.delete(CASES + "/" + id);
            Event deleted = reader.await("deleted", 1).getLast();
            assertThat(deleted.id()).isEqualTo(id);
            assertThat(deleted.data().path("record").isNull()).isTrue();
            assertThat(reader.named("")).hasSize(3);
        }
    }

    @Test
    void tellsNobodyOfWhatTheyMayNotSee() {
        try (EventReader bens = EventReader.open(ben.request("GET", "/api/realtime?object=cases"));
                EventReader adas = EventReader.open(ada.request("GET", "/api/realtime?object=cases"))) {
            String path = CASES + "/" + ada.post(CASES, "{\"title\": \"Ada's\"}").id();
            // What happens at once is told at once, and of what has gone again nothing.
            adas.await("created", 1);
            ada.patch(path, "{\"title\": \"Still Ada's\"}");
            adas.await("updated", 1);
            ada.delete(path);
            String own = ben.post(CASES, "{\"title\": \"Ben's\"}").id();

            assertThat(bens.await("", 1)).extracting(Event::id).containsExactly(own);
            assertThat(adas.await("", 3)).extracting(Event::name).containsExactly("created", "updated", "deleted");
        }
    }

    @Test
    void tellsOfARecordThatIsTakenAwayNothingButThatItLeft() {
        String id = ada.post(CASES, "{\"title\": \"Handed over\"}").id();
        try (EventReader adas = EventReader.open(ada.request("GET", "/api/realtime?object=cases"));
                EventReader bens = EventReader.open(ben.request("GET", "/api/realtime?object=cases"))) {
            server.patch(CASES + "/" + id, "{\"owner\": \"" + ben.id() + "\"}");
            Event left = adas.await("left", 1).getFirst();
            assertThat(left.id()).isEqualTo(id);
            assertThat(left.data().path("record").isNull()).isTrue();
            assertThat(bens.await("updated", 1).getFirst().data().path("record").path("title").asString())
                    .isEqualTo("Handed over");

            ben.patch(CASES + "/" + id, "{\"title\": \"Ben's secret\"}");
            bens.await("updated", 2);
            ben.delete(CASES + "/" + id);
            bens.await("deleted", 1);
            assertThat(adas.named("")).hasSize(1);
        }
    }

    @Test
    void tellsOfWhatMatchesOnlyAndWhenItDoesNoMore() {
        String filter = URLEncoder.encode("{\"region\": \"north\"}", StandardCharsets.UTF_8);
        try (EventReader reader = EventReader.open(ada.request("GET",
                "/api/realtime?object=cases&fields=title,region&filter=" + filter))) {
            String south = CASES + "/" + ada.post(CASES, "{\"title\": \"S\", \"region\": \"south\"}").id();
            ada.patch(south, "{\"title\": \"SS\"}");
            ada.delete(south);
            String north = ada.post(CASES, "{\"title\": \"N\", \"region\": \"north\"}").id();
            assertThat(reader.await("", 1)).extracting(Event::id).containsExactly(north);
            assertThat(reader.named("").getFirst().data().path("record").propertyNames())
                    .containsExactlyInAnyOrder("id", "title", "region");

            ada.patch(CASES + "/" + north, "{\"region\": \"south\"}");
            assertThat(reader.await("left", 1)).extracting(Event::id).containsExactly(north);
            ada.patch(CASES + "/" + north, "{\"title\": \"Elsewhere\"}");
            // Told in order, it says that the change before has been looked at, and not only when the record was back.
            ada.post(CASES, "{\"title\": \"N2\", \"region\": \"north\"}");
            reader.await("created", 2);
            ada.patch(CASES + "/" + north, "{\"region\": \"north\"}");
            assertThat(reader.await("updated", 1)).extracting(Event::id).containsExactly(north);
            assertThat(reader.named("")).hasSize(4);
        }
    }

    @Test
    void goesOnWhereAClientLeftOff() {
        String address = "/api/realtime?object=cases&object=contacts";
        String kept = ada.post(CASES, "{\"title\": \"Kept\"}").id();
        String last;
        try (EventReader reader = EventReader.open(server.signed("GET", address))) {
            ada.post(CASES, "{\"title\": \"Seen\"}").id();
            reader.await("created", 1);
            last = reader.lastId();
        }
        String missed = ada.post(CASES, "{\"title\": \"Missed\"}").id();
        ada.patch(CASES + "/" + missed, "{\"title\": \"Missed twice\"}");
        ada.delete(CASES + "/" + kept);

        try (EventReader reader = EventReader.open(server.signed("GET", address).header("Last-Event-ID", last))) {
            assertThat(reader.await("", 2)).extracting(Event::id).containsExactly(missed, kept);
            assertThat(reader.named("created").getFirst().data().path("record").path("title").asString())
                    .isEqualTo("Missed twice");
            assertThat(reader.named("deleted")).hasSize(1);
        }
        try (EventReader reader = EventReader.open(server.signed("GET", address + "&lastEventId=99999999999"))) {
            assertThat(reader.await("reset", 1)).isNotEmpty();
        }
    }

    @Test
    void endsWithTheSession() {
        Colleague guest = Colleague.join(server, "live-guest", "support");
        try (EventReader reader = EventReader.open(guest.request("GET", "/api/realtime?object=cases"))) {
            assertThat(guest.post("/api/auth/sign-out", "{}").status()).isEqualTo(200);
            reader.awaitEnd();
            assertThat(reader.named("close").getFirst().data().path("code").asString()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void endsWhenWhatSomebodyMayDoChanges() {
        Colleague guest = Colleague.join(server, "live-demoted", "support");
        try (EventReader reader = EventReader.open(guest.request("GET", "/api/realtime?object=cases"))) {
            assertThat(server.post("/api/auth/admin/set-role",
                    "{\"userId\": \"" + guest.account() + "\", \"role\": \"member\"}").status()).isEqualTo(200);
            reader.awaitEnd();
            assertThat(reader.named("close").getFirst().data().path("reason").asString()).isEqualTo("rights_changed");
        }
        Answer refused = server.send(guest.request("GET", "/api/realtime?object=cases"));
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void refusesWhatAQueryWouldRefuse() {
        assertThat(ada.get("/api/realtime?object=nothing").code()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(ada.get("/api/realtime?object=cases&filter=%7B%22nothing%22%3A1%7D").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(ada.get("/api/realtime?object=cases&filter=%7B%22created_at%22%3A%22x%22%7D").code())
                .isEqualTo("INVALID_FILTER");
        assertThat(ada.get("/api/realtime?object=cases&wrong=1").code()).isEqualTo("INVALID_REQUEST");
        assertThat(ada.get("/api/realtime").code()).isEqualTo("INVALID_REQUEST");
        assertThat(ada.get("/api/realtime?object=accounts").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(server.send(server.unsigned("GET", "/api/realtime?object=cases")).status()).isEqualTo(401);
    }
}
