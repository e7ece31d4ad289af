package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GraphQL clients from npm, unmodified, work with the assembled server. Needs node and npm. */
@ExtendWith(SharedServer.class)
class GraphQlClientTest {

    private static final Path SOURCES = Path.of("src/test/client");
    private static final Path INSTALLED = Path.of("target/client");

    private record Run(int status, String output) {}

    @Test
    void servesClientsOfOthers(SharedServer.Fixture fixture) throws IOException, InterruptedException {
        install();
        Run run = run(Map.of("OBJECTOS_URL", fixture.server().origin(), "OBJECTOS_EMAIL", "admin@example.com",
                "OBJECTOS_PASSWORD", ServerProcess.PASSWORD), "node", "graphql.test.mjs");
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("ok - queries and changes").doesNotContain("not ok");
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", "graphql.test.mjs")) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (run(Map.of(), "node", "--version").status() != 0 || run(Map.of(), "npm", "--version").status() != 0) {
            skip("node and npm are not there");
        }
        if (!Files.exists(INSTALLED.resolve("node_modules/graphql-ws/package.json"))) {
            Run install = run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (install.status() != 0) {
                skip("npm cannot install the clients: " + install.output());
            }
        }
    }

    private static void skip(String reason) {
        String loud = "SKIPPED, NOT TESTED: GraphQL clients against this server, because " + reason;
        System.err.println(loud);
        abort(loud);
    }

    private static Run run(Map<String, String> environment, String... command) throws InterruptedException {
        var builder = new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " does not end: " + output);
            }
            return new Run(process.exitValue(), output);
        } catch (IOException e) {
            if (environment.isEmpty()) {
                return new Run(127, String.valueOf(e.getMessage()));
            }
            throw new UncheckedIOException(e);
        }
    }
}
