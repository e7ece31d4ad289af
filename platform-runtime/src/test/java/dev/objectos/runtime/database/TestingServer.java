package dev.objectos.runtime.database;

import dev.objectos.runtime.AtExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The PostgreSQL server behind {@link TestingDatabase}. */
interface TestingServer {

    /** JDBC address of a database of this server. */
    String url(String database);

    /** A superuser. */
    String user();

    String password();

    /** Starts the kind of server that the system property {@code objectos.test.database} asks for. */
    static TestingServer start() {
        String kind = System.getProperty("objectos.test.database", "embedded");
        return switch (kind) {
            case "embedded" -> embedded();
            case "testcontainers" -> ContainerServer.start();
            default -> throw new IllegalArgumentException(
                    "objectos.test.database is embedded or testcontainers, not " + kind);
        };
    }

    /** Where the programs are unpacked, once for all tests of this machine. */
    static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "objectos-postgres");
    }

    private static TestingServer embedded() {
        try {
            Path folder = Files.createTempDirectory("objectos-test-");
            var postgres = EmbeddedPostgresServer.start(folder, binaries(), Map.of("max_connections", "200", "fsync",
                    "off", "full_page_writes", "off", "synchronous_commit", "off", "max_wal_size", "4GB"));
            AtExit.close(() -> {
                postgres.close();
                FileSystemUtils.deleteRecursively(folder);
            });
            return new Embedded(postgres);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with the JVM. */
    record Embedded(EmbeddedPostgresServer postgres) implements TestingServer {

        @Override
        public String url(String database) {
            return postgres.url(database);
        }

        @Override
        public String user() {
            return postgres.user();
        }

        @Override
        public String password() {
            return postgres.password();
        }
    }
}
