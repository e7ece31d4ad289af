package dev.objectos.runtime.doctor;

import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.EmbeddedPostgresServer;
import dev.objectos.runtime.database.UnusableDatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The database of an installation: the given one, the embedded one of a server that runs, or started for a while. */
final class InstallationDatabase {

    /** A command works alone, one statement after the other. */
    private static final DatabaseProperties.Pools FEW = new DatabaseProperties.Pools(2, 1, 1);

    private final Path home;
    private final DatabaseProperties given;

    InstallationDatabase(Path home, DatabaseProperties given) {
        this.home = home;
        this.given = given;
    }

    /**
     * Does something with it.
     *
     * @return empty: the embedded database has not been made yet
     * @throws UnusableDatabaseException where it cannot be opened
     */
    <T> Optional<T> use(Function<Databases, T> work) {
        Path folder = home.resolve("postgres");
        if (!given.embedded()) {
            return Optional.of(open(given, work));
        }
        if (!Files.isDirectory(folder.resolve("data"))) {
            return Optional.empty();
        }
        Optional<DatabaseProperties> running = EmbeddedPostgresServer.running(folder, given);
        if (running.isPresent()) {
            return Optional.of(open(running.get(), work));
        }
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder)) {
            return Optional.of(open(server.properties(given), work));
        }
    }

    private static <T> T open(DatabaseProperties at, Function<Databases, T> work) {
        var address = new DatabaseProperties(at.url(), at.user(), at.password(), at.rolePrefix(), FEW,
                at.statementTimeout(), at.startupWait());
        try (Databases databases = DatabaseBootstrap.open(address)) {
            return work.apply(databases);
        }
    }
}
