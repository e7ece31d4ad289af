package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * An import in the background that is under way when the server is killed.
 *
 * @param job its id
 */
record ImportBeforeACrash(String job) {

    private static final int ROWS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** Waits until some rows are written, but not all. */
    static ImportBeforeACrash make(ServerProcess server) {
        var csv = new StringBuilder("name,description\\n");
        for (int i = 1; i <= ROWS; i++) {
            csv.append("Imported ").append(i).append(",Import before a crash\\n");
        }
        Answer queued = server.post("/api/data/accounts/import/jobs", "{\"csv\": \"" + csv + "\"}");
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        String job = queued.json().path("id").asString();
        Patience.until("the first rows", PATIENCE,
                () -> progress(server, job).path("processed").asInt() > 0);
        assertThat(progress(server, job).path("processed").asInt()).isLessThan(ROWS);
        return new ImportBeforeACrash(job);
    }

    void assertComplete(ServerProcess server) {
        Patience.until("the import", PATIENCE,
                () -> "succeeded".equals(progress(server, job).path("status").asString()));
        assertThat(progress(server, job).path("created").asInt()).isEqualTo(ROWS);
        Answer counted = server.get("/api/data/accounts?top=1&count=true&name=Imported%20" + ROWS);
        assertThat(counted.json().path("total").asInt()).isEqualTo(1);
        Answer all = server.post("/api/data/accounts/query",
                "{\"where\": {\"name\": {\"$startsWith\": \"Imported \"}}, \"count\": true, \"limit\": 1}");
        assertThat(all.json().path("total").asInt()).isEqualTo(ROWS);
    }

    private static JsonNode progress(ServerProcess server, String job) {
        return server.get("/api/data/import/jobs/" + job).json();
    }
}
