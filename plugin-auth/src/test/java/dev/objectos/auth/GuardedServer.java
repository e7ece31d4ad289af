package dev.objectos.auth;

import dev.objectos.runtime.database.TestingDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server with records of an application, and with narrow settings of what reaches it, for all tests of these. */
public final class GuardedServer {

    /** A page there may call the server from a browser. */
    public static final String FRIEND = "https://app.example.com";

    /** How many requests one API key may make in a minute. */
    public static final int REQUESTS_PER_KEY = 60;

    private static final Map<String, String> FILES = Map.of("accounts.object.yml", """
            name: accounts
            fields:
              name: {type: text, required: true}
              secret: {type: text}
            """, "contacts.object.yml", """
            name: contacts
            fields:
              name: {type: text, required: true}
              account: {type: lookup, reference_to: accounts, on_delete: cascade}
              greeting: {type: formula, expression: "'Dear ' + record.name"}
              leak: {type: formula, expression: "record.account.secret"}
            """);

    private GuardedServer() {}

    public static TestingServer get() {
        return Started.SERVER;
    }

    /** By the first test that asks. */
    private static final class Started {

        static final TestingServer SERVER = start();

        private static TestingServer start() {
            try {
                Path home = Files.createTempDirectory("guarded");
                Path metadata = Files.createDirectories(home.resolve("metadata"));
                for (Map.Entry<String, String> file : FILES.entrySet()) {
                    Files.writeString(metadata.resolve(file.getKey()), file.getValue());
                }
                TestingServer server = TestingServer.start(home, TestingDatabase.empty("auth_guarded"),
                        TestingServer.PASSWORD,
                        Map.of("objectos.metadata.dirs", metadata.toString(), "objectos.server.trusted-proxies",
                                "127.0.0.1/32", "objectos.auth.cors.origins", FRIEND, "objectos.auth.limits.key",
                                Integer.toString(REQUESTS_PER_KEY)));
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
