package dev.objectos.runtime.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

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

    private static TestingServer embedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder() //
                    .setServerConfig("max_connections", "200") //
                    .setServerConfig("shared_buffers", "128MB") //
                    .setServerConfig("jit", "off") //
                    .setServerConfig("max_wal_size", "4GB") //
                    .setLocaleConfig("locale-provider", "builtin") //
                    .setLocaleConfig("builtin-locale", "C.UTF-8") //
                    .setLocaleConfig("locale", "C") //
                    .start();
            return new Embedded(postgres);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with the JVM by its own shutdown hook. */
    record Embedded(EmbeddedPostgres postgres) implements TestingServer {

        @Override
        public String url(String database) {
            return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
        }

        @Override
        public String user() {
            return "postgres";
        }

        @Override
        public String password() {
            return "postgres";
        }
    }
}
