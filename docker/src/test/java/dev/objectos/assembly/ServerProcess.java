package dev.objectos.assembly;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The assembled server as a process of its own, as an administrator would start it, with the administrator signed in. */
final class ServerProcess implements AutoCloseable {

    /** Of the administrator. */
    static final String PASSWORD = "correct-horse-battery-staple";
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Path log;
    private final int port;
    private final Process process;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private String token = "";

    private ServerProcess(Path log, int port, Process process) {
        this.log = log;
        this.port = port;
        this.process = process;
    }

    /** Starts a server on that data folder, and returns once it answers and has signed the administrator in. */
    static ServerProcess start(Path home, boolean demoData, List<Path> metadata) {
        return start(home, demoData, metadata, Map.of());
    }

    /** The same with further settings in its environment. */
    static ServerProcess start(Path home, boolean demoData, List<Path> metadata, Map<String, String> settings) {
        try {
            Files.createDirectories(home);
            int port = freePort();
            Path log = Files.createTempFile(home, "server", ".log");
            var builder = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
            var environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("OBJECTOS_") || name.startsWith("SPRING_"));
            environment.put("OBJECTOS_HOME", home.toString());
            environment.put("SERVER_PORT", Integer.toString(port));
            environment.put("OBJECTOS_ADMIN_PASSWORD", PASSWORD);
            environment.put("OBJECTOS_DEMO_DATA", Boolean.toString(demoData));
            environment.put("OBJECTOS_METADATA_DIRS",
                    metadata.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
            environment.putAll(settings);
            var server = new ServerProcess(log, port, builder.start());
            try {
                server.awaitHealth();
                server.signIn();
            } catch (RuntimeException | Error e) {
                server.close();
                throw e;
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() {
        // Surefire may run the tests from a jar that only names the class path.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, "dev.objectos.runtime.ObjectOs"));
        return command;
    }

    /** A port that nobody listens on at the moment. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitHealth() {
        Patience.until("the server to answer", START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The server ended with " + process.exitValue() + ":\n" + log());
            }
            return healthy();
        });
    }

    private boolean healthy() {
        try {
            return send(unsigned("GET", "/actuator/health")).status() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private void signIn() {
        Answer answer = send(unsigned("POST", "/api/auth/sign-in/email").header("Content-Type", "application/json")
                .method("POST", BodyPublishers
                        .ofString("{\"email\": \"admin@example.com\", \"password\": \"" + PASSWORD + "\"}")));
        if (answer.status() != 200) {
            throw new AssertionError("The administrator cannot sign in: " + answer);
        }
        token = answer.json().path("token").asString();
    }

    Answer get(String path) {
        return send(signed("GET", path));
    }

    Answer delete(String path) {
        return send(signed("DELETE", path));
    }

    Answer post(String path, String json) {
        return send(json("POST", path, json));
    }

    Answer patch(String path, String json) {
        return send(json("PATCH", path, json));
    }

    /** A change that holds only where the record still has that version. */
    Answer patch(String path, long version, String json) {
        return send(json("PATCH", path, json).header("If-Match", "\"" + version + "\""));
    }

    HttpRequest.Builder json(String method, String path, String json) {
        return signed(method, path).header("Content-Type", "application/json").method(method,
                BodyPublishers.ofString(json));
    }

    HttpRequest.Builder signed(String method, String path) {
        return unsigned(method, path).header("Authorization", "Bearer " + token);
    }

    /** Where it answers. */
    String origin() {
        return "http://127.0.0.1:" + port;
    }

    HttpRequest.Builder unsigned(String method, String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(60))
                .method(method, BodyPublishers.noBody());
    }

    /** @throws UncheckedIOException where no answer came */
    Answer send(HttpRequest.Builder request) {
        return Answer.of(response(request));
    }

    /** The same with its headers. */
    HttpResponse<String> response(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut would: nothing is written or closed any more. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    void signalStop() {
        process.destroy();
    }

    /** As a service manager would. Returns the exit status. */
    int stop() {
        signalStop();
        return await();
    }

    int await() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The server did not stop within " + STOP + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops in order, so that no database is left behind. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        http.close();
    }
}
