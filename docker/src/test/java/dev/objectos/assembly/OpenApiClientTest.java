package dev.objectos.assembly;

import dev.objectos.runtime.NodeProgram;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The OpenAPI document passes a public linter, and a client that a public generator makes of it type-checks and works with the assembled
 * server. Needs node and npm.
 */
@ExtendWith(SharedServer.class)
class OpenApiClientTest {

    @Test
    void servesAGeneratedClient(SharedServer.Fixture fixture) throws IOException, InterruptedException {
        NodeProgram.ofModule().passes("openapi.test.mjs", "works with the server",
                Map.of("OBJECTOS_URL", fixture.server().origin(), "OBJECTOS_EMAIL", "admin@example.com",
                        "OBJECTOS_PASSWORD", ServerProcess.PASSWORD));
    }
}
