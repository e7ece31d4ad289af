package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Authors save files, and the running server follows. */
@ExtendWith(SharedServer.class)
class SavedMetadataTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final ServerProcess server;
    private final Path watched;

    SavedMetadataTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        watched = fixture.watched();
    }

    @Test
    void aSavedFileIsServedABrokenOneIsReportedAndAFieldIsAdded() throws IOException {
        Path file = watched.resolve("meeting_rooms.object.yml");
        assertThat(server.get("/api/data/meeting_rooms").status()).isEqualTo(404);

        Files.writeString(file, """
                label: Room
                fields:
                  name: {type: text, required: true}
                """);
        Patience.until("the new object", SOON, () -> server.get("/api/data/meeting_rooms").status() == 200);
        String id = server.post("/api/data/meeting_rooms", "{\"name\": \"Attic\"}").id();

        Files.writeString(file, """
                label: Room
                fields:
                  name: {type: text, required: true}
                  seats: {type: intger}
                """);
        Patience.until("the report of the mistake", SOON, () -> !errors().isEmpty());
        assertThat(errors()).singleElement().satisfies(error -> {
            assertThat(error.path("file").asString()).endsWith("meeting_rooms.object.yml");
            assertThat(error.path("line").asInt()).isEqualTo(4);
            assertThat(error.path("message").asString()).contains("intger");
            assertThat(error.path("suggestion").asString()).contains("integer");
        });
        assertThat(server.get("/api/data/meeting_rooms/" + id).record().path("name").asString()).isEqualTo("Attic");
        assertThat(server.post("/api/data/meeting_rooms", "{\"name\": \"Cellar\"}").status()).isEqualTo(201);

        Files.writeString(file, """
                label: Room
                fields:
                  name: {type: text, required: true}
                  seats: {type: integer, min: 1}
                """);
        Patience.until("the new field", SOON,
                () -> server.patch("/api/data/meeting_rooms/" + id, "{\"seats\": 12}").status() == 200);
        JsonNode attic = server.get("/api/data/meeting_rooms/" + id).record();
        assertThat(attic.path("seats").asInt()).isEqualTo(12);
        assertThat(attic.path("name").asString()).isEqualTo("Attic");
        assertThat(server.patch("/api/data/meeting_rooms/" + id, "{\"seats\": 0}").code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(errors()).isEmpty();
    }

    private List<JsonNode> errors() {
        return server.get("/api/metadata/diagnostics?severity=error").json().path("entries").valueStream().toList();
    }
}
