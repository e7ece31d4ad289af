package dev.objectos.runtime.redis;

import dev.objectos.runtime.AtExit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis for tests: the {@code redis-server} on the path, else the one that a test dependency brings for Linux. Where
 * neither runs, what asks for it is skipped, and says so.
 */
public final class TestingRedis implements AutoCloseable {

    private static final String BROUGHT = "/redis-server-6.2.6-v5-linux-amd64";
    private static final String BROUGHT_ARM = "/redis-server-6.2.7-linux-arm64";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static @Nullable TestingRedis shared;
    private static @Nullable String missing;

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    private TestingRedis(Path program) throws IOException {
        this.program = program;
        folder = Files.createTempDirectory("objectos-redis");
        port = freePort();
        process = begin();
    }

    /** The Redis that all tests of this JVM share. */
    public static synchronized RedisServer shared() {
        return server(sharedRedis());
    }

    /** Where that one is, as a setting. */
    public static synchronized String sharedUrl() {
        return sharedRedis().url().toString();
    }

    private static TestingRedis sharedRedis() {
        TestingRedis known = shared;
        if (known == null) {
            known = fresh();
            shared = known;
            AtExit.close(known::close);
        }
        return known;
    }

    /** One of its own; close it after use. */
    public static synchronized TestingRedis fresh() {
        Assumptions.assumeTrue(missing == null, () -> "NO REDIS, SO NOT TESTED: " + missing);
        try {
            return new TestingRedis(program());
        } catch (IOException | IllegalStateException e) {
            missing = "neither the redis-server on the path nor the one of embedded-redis runs (" + e.getMessage()
                    + "); install redis-server";
            System.Logger log = System.getLogger(TestingRedis.class.getName());
            log.log(System.Logger.Level.WARNING, "NO REDIS, SO NOT TESTED: " + missing);
            return Assumptions.abort("NO REDIS, SO NOT TESTED: " + missing);
        }
    }

    private static Path program() throws IOException {
        Optional<Path> installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server")).filter(Files::isExecutable).findFirst();
        return installed.isPresent() ? installed.get() : brought();
    }

    private static Path brought() throws IOException {
        String name = System.getProperty("os.arch").equals("aarch64") ? BROUGHT_ARM : BROUGHT;
        try (InputStream content = TestingRedis.class.getResourceAsStream(name)) {
            if (content == null || !System.getProperty("os.name").equals("Linux")) {
                throw new IOException("nothing is brought for this system");
            }
            Path file = Files.createTempFile("redis-server", "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            file.toFile().deleteOnExit();
            return file;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process begin() throws IOException {
        Path log = folder.resolve("log");
        Process started = new ProcessBuilder(program.toString(), "--bind", "127.0.0.1", "--port",
                String.valueOf(port), "--dir", folder.toString(), "--appendonly", "yes", "--save", "")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                started.destroyForcibly();
                throw new IllegalStateException("it does not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return started;
    }

    private boolean answers() {
        try (var client = new Jedis("127.0.0.1", port)) {
            return "PONG".equals(client.ping());
        } catch (JedisException _) {
            return false;
        }
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** Connections to it. */
    public RedisServer server() {
        return server(this);
    }

    private static RedisServer server(TestingRedis redis) {
        return new RedisServer(new RedisProperties(redis.url(), null, null, 16, Duration.ofSeconds(5)));
    }

    /** As where its machine fails. */
    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** With what it had written down. */
    public void startAgain() {
        try {
            process = begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        delete(folder);
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                List<Path> inside;
                try (Stream<Path> files = Files.list(path)) {
                    inside = files.toList();
                }
                inside.forEach(TestingRedis::delete);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
