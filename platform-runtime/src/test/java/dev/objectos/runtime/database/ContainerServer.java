package dev.objectos.runtime.database;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container; asked for explicitly, so that a missing Docker engine is a failure and not a skip. */
record ContainerServer(PostgreSQLContainer container) implements TestingServer {

    private static final String IMAGE = "postgres:18";

    static ContainerServer start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "Tests with Testcontainers were asked for, but no Docker engine answers. Start one, or leave out -Ptestcontainers.");
        }
        // Closed by Testcontainers' own reaper when this JVM ends.
        @SuppressWarnings("resource")
        var container = new PostgreSQLContainer(IMAGE);
        container.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        return new ContainerServer(container);
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://" + container.getHost() + ":"
                + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + database;
    }

    @Override
    public String user() {
        return container.getUsername();
    }

    @Override
    public String password() {
        return container.getPassword();
    }
}
