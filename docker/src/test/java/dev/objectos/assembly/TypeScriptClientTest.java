package dev.objectos.assembly;

import dev.objectos.runtime.NodeProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official TypeScript client, unmodified, uses all that the assembled server has. Needs node and npm. */
@ExtendWith(SharedServer.class)
class TypeScriptClientTest {

    private static final Path MODULE = Path.of("../plugin-server");

    @Test
    void servesTheOfficialClient(SharedServer.Fixture fixture) throws IOException, InterruptedException {
        new NodeProgram(MODULE.resolve("src/test/client"), MODULE.resolve("target/client")).passes("client.test.mjs",
                "makes an organization", Map.of("OBJECTOS_URL", fixture.server().origin(), "OBJECTOS_EMAIL",
                        "admin@example.com", "OBJECTOS_PASSWORD", ServerProcess.PASSWORD, "OBJECTOS_WHOLE", "true"));
    }
}
