package dev.objectos.runtime.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the programs of PostgreSQL, which refuse to run as root. */
final class PostgresPrograms {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String NOBODY = "65534";

    private final Path binaries;
    private final Path folder;
    private final List<String> prefix;

    /**
     * @param folder everything that the programs write lies in it
     */
    PostgresPrograms(Path binaries, Path folder) throws IOException {
        this.binaries = binaries;
        this.folder = folder;
        this.prefix = unprivileged(folder);
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException with what the program printed, where it failed
     */
    void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(PostgresBinaries.program(binaries, program).toString());
        command.addAll(List.of(arguments));
        // A server that is started inherits the output, so it goes to a file rather than to a pipe.
        Path output = folder.resolve(program + ".log");
        int status = execute(command, output);
        if (status != 0) {
            throw new IOException(program + " ended with " + status + ": "
                    + Files.readString(output, StandardCharsets.UTF_8).strip());
        }
    }

    private static int execute(List<String> command, Path output) throws IOException {
        LOG.debug("{}", command);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + PATIENCE);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        }
    }

    /**
     * What to write before a command so that it does not run as root: in a user namespace of its own root is nobody in
     * particular, yet owns the same files; where that is not allowed, as nobody, who then owns the folder.
     */
    private static List<String> unprivileged(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        Path output = folder.resolve("unprivileged.log");
        if (works(List.of("unshare", "-U", "true"), output)) {
            return List.of("unshare", "-U");
        }
        List<String> asNobody = List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
        var mayEnter = new ArrayList<>(asNobody);
        mayEnter.addAll(List.of("test", "-x", folder.toString()));
        if (works(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()), output)
                && works(mayEnter, output)) {
            return asNobody;
        }
        throw new UnusableDatabaseException(
                "PostgreSQL refuses to run as root, and this system offers no other user to run it as.",
                "Start the server as an ordinary user, or set OBJECTOS_DATABASE_URL, OBJECTOS_DATABASE_USER and "
                        + "OBJECTOS_DATABASE_PASSWORD to a PostgreSQL 18.",
                null);
    }

    private static boolean works(List<String> command, Path output) {
        try {
            return execute(command, output) == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
