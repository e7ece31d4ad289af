package dev.objectos.assembly;

import dev.objectos.runtime.NodeProgram;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GraphQL clients from npm, unmodified, work with the assembled server. Needs node and npm. */
@ExtendWith(SharedServer.class)
class GraphQlClientTest {

    @Test
    void servesClientsOfOthers(SharedServer.Fixture fixture) throws IOException, InterruptedException {
        NodeProgram.ofModule().passes("graphql.test.mjs", "queries and changes",
                Map.of("OBJECTOS_URL", fixture.server().origin(), "OBJECTOS_EMAIL", "admin@example.com",
                        "OBJECTOS_PASSWORD", ServerProcess.PASSWORD));
    }
}
