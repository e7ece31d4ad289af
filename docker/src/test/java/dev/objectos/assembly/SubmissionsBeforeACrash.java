package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Leave requests whose submission was acknowledged, and of which somebody is to be notified.
 *
 * @param requests their ids
 */
record SubmissionsBeforeACrash(List<String> requests) {

    private static final int SUBMITTED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static SubmissionsBeforeACrash make(ServerProcess server) {
        String me = server.get("/api/auth/get-session").json().path("user").path("id").asString();
        return new SubmissionsBeforeACrash(IntStream.range(0, SUBMITTED).mapToObj(_ -> {
            String id = server
                    .post("/api/data/leave_requests", "{\"reason\": \"Sea\", \"manager\": \"" + me + "\"}").id();
            assertThat(server.post("/api/workflow/leave_requests/" + id + "/submit", "{}").status()).isEqualTo(200);
            return id;
        }).toList());
    }

    void assertNotified(ServerProcess server) {
        Patience.until("every notification", PATIENCE, () -> requests.stream().allMatch(
                request -> links(server).stream().filter(link -> link.contains(request)).count() == 1));
    }

    private static List<String> links(ServerProcess server) {
        return server.get("/api/notifications?limit=100").json().path("notifications").valueStream()
                .map(notification -> notification.path("actionUrl").asString("")).toList();
    }
}
