package dev.objectos.server;

import dev.objectos.runtime.NodeProgram;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The official TypeScript client, unmodified, works against this server. Needs node and npm. */
final class TypeScriptClientTests {

    @Test
    void servesTheOfficialClient() throws IOException, InterruptedException {
        try (TestingHttp http = TestingHttp.start(new MemoryRecords())) {
            assertServes(http);
        }
    }

    static void assertServes(TestingHttp http) throws IOException, InterruptedException {
        NodeProgram.ofModule().passes("client.test.mjs", "connects",
                Map.of("OBJECTOS_URL", "http://127.0.0.1:" + http.port(), "OBJECTOS_EMAIL", TestingAuth.EMAIL,
                        "OBJECTOS_PASSWORD", TestingAuth.PASSWORD));
    }
}
