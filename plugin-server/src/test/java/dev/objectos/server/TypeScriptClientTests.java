package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The official TypeScript client, unmodified, works against this server. Needs node and npm. */
final class TypeScriptClientTests {

    private static final Path SOURCES = Path.of("src/test/client");
    private static final Path INSTALLED = Path.of("target/client");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "client.test.mjs");

    private record Run(int status, String output) {}

    @Test
    void servesTheOfficialClient() throws IOException, InterruptedException {
        try (TestingHttp http = TestingHttp.start(new MemoryRecords())) {
            assertServes(http);
        }
    }

    static void assertServes(TestingHttp http) throws IOException, InterruptedException {
        install();
        Run run = run(Map.of("OBJECTOS_URL", "http://127.0.0.1:" + http.port(), "OBJECTOS_EMAIL", TestingAuth.EMAIL,
                "OBJECTOS_PASSWORD", TestingAuth.PASSWORD), "node", "client.test.mjs");
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("ok - connects").doesNotContain("not ok");
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (run(Map.of(), "node", "--version").status() != 0 || run(Map.of(), "npm", "--version").status() != 0) {
            skip("node and npm are not there");
        }
        if (!Files.exists(INSTALLED.resolve("node_modules/@objectstack/client/dist/index.mjs"))) {
            Run install = run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (install.status() != 0) {
                skip("npm cannot install the client: " + install.output());
            }
        }
    }

    private static void skip(String reason) {
        String loud = "SKIPPED, NOT TESTED: the TypeScript client against this server, because " + reason;
        System.err.println(loud);
        abort(loud);
    }

    private static Run run(Map<String, String> environment, String... command) throws InterruptedException {
        var builder = new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " does not end: " + output);
            }
            return new Run(process.exitValue(), output);
        } catch (IOException e) {
            return builder.command().contains("client.test.mjs")
                    ? fail(e)
                    : new Run(127, String.valueOf(e.getMessage()));
        }
    }

    private static Run fail(IOException e) {
        throw new UncheckedIOException(e);
    }
}
