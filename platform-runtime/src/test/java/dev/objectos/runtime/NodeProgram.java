package dev.objectos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program for Node whose packages come from npm, for tests of how clients of others get on with a server. Where Node is missing, or
 * its packages are not to be had, the test is skipped, loudly.
 *
 * @param sources the folder with {@code package.json}, {@code package-lock.json} and the programs
 * @param installed where they are copied, and their packages installed
 */
public record NodeProgram(Path sources, Path installed) {

    private static final long PATIENCE_MINUTES = 4;
    private static final String LOCK = "package-lock.json";

    /** Those of a module's {@code src/test/client}. */
    public static NodeProgram ofModule() {
        return new NodeProgram(Path.of("src/test/client"), Path.of("target/client"));
    }

    /**
     * Runs a program and expects it to end well: that it prints {@code ok - } and that step, and {@code not ok} nowhere.
     *
     * @param environment what it is told
     */
    public void passes(String program, String step, Map<String, String> environment)
            throws IOException, InterruptedException {
        install(program);
        Run run = run(environment, List.of("node", program));
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("ok - " + step).doesNotContain("not ok");
    }

    private record Run(int status, String output) {}

    private void install(String program) throws IOException, InterruptedException {
        if (!starts("node") || !starts("npm")) {
            skip(program, "node and npm are not there");
        }
        Path lock = installed.resolve("node_modules").resolve(LOCK);
        boolean done = Files.exists(lock) && Files.mismatch(lock, sources.resolve(LOCK)) < 0;
        copy();
        if (!done) {
            Run install = run(Map.of(), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            if (install.status() != 0) {
                skip(program, "npm cannot install its packages: " + install.output());
            }
            Files.copy(sources.resolve(LOCK), lock, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void copy() throws IOException {
        Files.createDirectories(installed);
        var programs = FileSystems.getDefault().getPathMatcher("glob:*.{json,mjs,mts}");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(found -> programs.matches(found.getFileName())).toList()) {
                Files.copy(file, installed.resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private boolean starts(String command) throws InterruptedException {
        try {
            Files.createDirectories(installed);
            return run(Map.of(), List.of(command, "--version")).status() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static void skip(String program, String reason) {
        String loud = "SKIPPED, NOT TESTED: " + program + " against this server, because " + reason;
        System.err.println(loud);
        abort(loud);
    }

    private Run run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(installed.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " does not end: " + output);
        }
        return new Run(process.exitValue(), output);
    }
}
