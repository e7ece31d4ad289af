package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing that an address asks for is ignored, whoever answers there. */
@ExtendWith(SharedServer.class)
class KnownParametersTest {

    /** Where names are those of fields, or may stand in the body too. */
    private static final Set<String> OWN_NAMES = Set.of("GET /api/data/{}", "GET /api/data/{}/{}",
            "GET /api/data/{}/export", "GET /api/data/{}/trash", "POST /api/data/{}/import",
            "POST /api/data/{}/import/jobs", "POST /api/data/import/jobs", "GET /api/realtime");

    private final ServerProcess server;

    KnownParametersTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void everyEndpointRefusesParametersThatItDoesNotTake() {
        var softly = new SoftAssertions();
        for (Set<String> ways : MappedRoutes.ofClassPath()) {
            ways.stream().filter(KnownParametersTest::judged).forEach(route -> {
                Answer answer = asked(route, "surprise=1");
                softly.assertThat(answer.status()).as("%s: %s", route, answer).isEqualTo(400);
                if (!OWN_NAMES.contains(route) && !route.startsWith("HEAD ")) {
                    softly.assertThat(answer.body()).as(route).contains("This endpoint takes");
                }
            });
        }
        softly.assertAll();
    }

    @Test
    void aParameterIsGivenOnce() {
        assertThat(asked("GET /api/permissions/shares", "object=accounts&object=cases").body())
                .contains("is given twice");
        assertThat(asked("GET /api/audit/events", "object=accounts&object=cases").code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aParameterThatIsMissingIsTold() {
        assertThat(List.of(asked("GET /api/permissions/shares", "object=accounts"),
                asked("GET /api/permissions/shares", "recordId=" + UUID.randomUUID())))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("INVALID_REQUEST"));
    }

    /** Those who sign people in keep the forms of others, whose clients may send more. */
    private static boolean judged(String route) {
        String path = route.substring(route.indexOf(' ') + 1);
        return (path.startsWith("/api/") || path.equals("/.well-known/objectstack")) && !path.startsWith("/api/auth/");
    }

    private Answer asked(String route, String parameters) {
        String[] parts = route.split(" ", 2);
        String path = parts[1].replaceFirst("\\{}", "accounts");
        while (path.contains("{}")) {
            path = path.replaceFirst("\\{}", UUID.randomUUID().toString());
        }
        return server.send(server.signed("GET", path + "?" + parameters).header("Content-Type", "application/json")
                .method(parts[0], BodyPublishers.ofString("{}")));
    }
}
