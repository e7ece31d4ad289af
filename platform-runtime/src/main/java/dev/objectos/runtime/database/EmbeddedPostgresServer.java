package dev.objectos.runtime.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of our own on a folder: real binaries, real durability, reachable from this machine alone and with a
 * password. Close it after the pools. A server that outlived a killed JVM is stopped by the next start, which then finds
 * everything that was committed.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    private static final String USER = "objectos";
    private static final String DATABASE = "objectos";
    private static final String HOST = "127.0.0.1";
    private static final int PORT_ATTEMPTS = 5;

    private static final Map<String, String> SETTINGS = Map.ofEntries( //
            Map.entry("listen_addresses", HOST), //
            Map.entry("unix_socket_directories", ""), //
            Map.entry("max_connections", "100"), //
            Map.entry("shared_buffers", "128MB"), //
            Map.entry("jit", "off"), //
            Map.entry("timezone", "UTC"), //
            Map.entry("log_timezone", "UTC"), //
            Map.entry("logging_collector", "on"), //
            Map.entry("log_filename", "postgresql-%a.log"), //
            Map.entry("log_truncate_on_rotation", "on"));

    private final Path folder;
    private final Path data;
    private final FileChannel lockFile;
    private final PostgresPrograms programs;
    private final String password;
    private final int port;
    private boolean closed;

    private EmbeddedPostgresServer(Path folder, FileChannel lockFile, PostgresPrograms programs, String password,
            int port) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.lockFile = lockFile;
        this.programs = programs;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server of that folder, making it where there is none.
     *
     * @param folder such as {@code <OBJECTOS_HOME>/postgres}
     * @throws UnusableDatabaseException where another server uses the folder, or PostgreSQL does not start
     */
    public static EmbeddedPostgresServer start(Path folder) {
        return start(folder, folder.resolve("binaries"), Map.of());
    }

    /**
     * The same with programs unpacked elsewhere and settings that win over ours.
     *
     * @param binaries several servers may share this folder
     */
    static EmbeddedPostgresServer start(Path folder, Path binaries, Map<String, String> settings) {
        Path absolute = folder.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            Files.createDirectories(absolute);
            lock = lock(absolute);
            var programs = new PostgresPrograms(PostgresBinaries.unpackedBelow(binaries.toAbsolutePath()), absolute);
            return start(absolute, lock, programs, settings);
        } catch (IOException | SQLException e) {
            release(lock);
            throw new UnusableDatabaseException("The embedded PostgreSQL did not start: " + e.getMessage(),
                    "Look into " + absolute.resolve("data").resolve("log")
                            + ", or set OBJECTOS_DATABASE_URL to another PostgreSQL 18.",
                    e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static EmbeddedPostgresServer start(Path folder, FileChannel lock, PostgresPrograms programs,
            Map<String, String> settings) throws IOException, SQLException {
        Path data = folder.resolve("data");
        String password = password(folder);
        if (Files.isDirectory(data)) {
            stopOrphan(data, programs);
        } else {
            initialise(folder, programs);
        }
        for (int attempt = 1;; attempt++) {
            int port = EmbeddedPort.of(folder.resolve("port"));
            configure(data, port, settings);
            try {
                programs.run("pg_ctl", "start", "-w", "-t", "60", "-s", "-D", data.toString(), "-l",
                        folder.resolve("start.log").toString());
            } catch (IOException e) {
                // Somebody may have taken the port between looking and starting.
                if (attempt == PORT_ATTEMPTS || EmbeddedPort.isFree(port)) {
                    throw e;
                }
                continue;
            }
            var server = new EmbeddedPostgresServer(folder, lock, programs, password, port);
            try {
                server.createDatabase();
            } catch (SQLException e) {
                server.close();
                throw e;
            }
            LOG.info("Embedded PostgreSQL runs on port {} with its data in {}", port, folder);
            return server;
        }
    }

    /**
     * The database of that folder while another process runs it, with everything else as given; empty where none does.
     *
     * @throws UnusableDatabaseException where the folder cannot be read
     */
    public static Optional<DatabaseProperties> running(Path folder, DatabaseProperties given) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isRegularFile(absolute.resolve("lock"))) {
            return Optional.empty();
        }
        try {
            if (isUnlocked(absolute)) {
                return Optional.empty();
            }
            int port = Integer.parseInt(Files.readString(absolute.resolve("port")).strip());
            return Optional.of(properties(port, Files.readString(absolute.resolve("password")).strip(), given));
        } catch (IOException | NumberFormatException e) {
            throw new UnusableDatabaseException(
                    "The folder of the embedded PostgreSQL cannot be read: " + e.getMessage(),
                    "Ask with the account that the server runs as, once the server has started.", e);
        }
    }

    private static boolean isUnlocked(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /** The address and login of the platform's database, with everything else as given. */
    public DatabaseProperties properties(DatabaseProperties given) {
        return properties(port, password, given);
    }

    private static DatabaseProperties properties(int port, String password, DatabaseProperties given) {
        return new DatabaseProperties(url(port, DATABASE), USER, password, given.rolePrefix(), given.pools(),
                given.statementTimeout(), given.startupWait());
    }

    String url(String database) {
        return url(port, database);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** Ends connections that are left, writes everything to disk and stops. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            programs.run("pg_ctl", "stop", "-m", "fast", "-w", "-t", "60", "-s", "-D", data.toString());
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL in {} did not stop: {}", folder, e.getMessage());
        } finally {
            release(lockFile);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new UnusableDatabaseException("Another server uses the data folder " + folder + ".",
                    "Stop the other server, or give this one a folder of its own with OBJECTOS_HOME. Several servers can "
                            + "share one PostgreSQL given by OBJECTOS_DATABASE_URL.",
                    null);
        }
        return channel;
    }

    private static void release(@Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.debug("lock file not closed", e);
            }
        }
    }

    private static String password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            Path fresh = folder.resolve("password.new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh);
            protect(fresh);
            Files.writeString(fresh, HexFormat.of().formatHex(bytes));
            Files.move(fresh, file);
        }
        return Files.readString(file).strip();
    }

    private static void protect(Path file) throws IOException {
        var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** In a folder that takes its name last, so that an interrupted start leaves nothing half made. */
    private static void initialise(Path folder, PostgresPrograms programs) throws IOException {
        Path fresh = folder.resolve("data.new");
        FileSystemUtils.deleteRecursively(fresh);
        programs.run("initdb", "-D", fresh.toString(), "-U", USER, "--pwfile", folder.resolve("password").toString(),
                "--auth=scram-sha-256", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                "--locale=C", "--no-instructions");
        Files.writeString(fresh.resolve("postgresql.conf"), "\ninclude 'objectos.conf'\n", StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        Files.move(fresh, folder.resolve("data"));
    }

    private static void configure(Path data, int port, Map<String, String> settings) throws IOException {
        var all = new TreeMap<>(SETTINGS);
        all.putAll(settings);
        all.put("port", Integer.toString(port));
        Files.writeString(data.resolve("objectos.conf"),
                "# Written at every start; settings of your own go to postgresql.conf, below the include.\n"
                        + all.entrySet().stream().map(setting -> setting.getKey() + " = '" + setting.getValue() + "'\n")
                                .collect(Collectors.joining()));
    }

    /** A server whose JVM was killed still runs; the lock says that nobody else started it. */
    private static void stopOrphan(Path data, PostgresPrograms programs) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = Files.readAllLines(pidFile).stream().findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip()))).filter(ProcessHandle::isAlive)
                .filter(EmbeddedPostgresServer::isPostgres);
        if (orphan.isPresent()) {
            LOG.info("Stopping the PostgreSQL (process {}) that an earlier server left running", orphan.get().pid());
            stop(data, programs);
        } else {
            // After a reboot the number may belong to any program, and PostgreSQL would not start beside it.
            Files.deleteIfExists(pidFile);
        }
    }

    /** A dead process that nobody has waited for has no command either, so Linux is asked for the state first. */
    private static boolean isPostgres(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            if (stat.startsWith("Z", stat.lastIndexOf(')') + 2)) {
                return false;
            }
        } catch (IOException _) {
            LOG.trace("no /proc here, or no such process any more");
        }
        return process.info().command().map(command -> command.contains("postgres")).orElse(true);
    }

    private static void stop(Path data, PostgresPrograms programs) throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            try {
                programs.run("pg_ctl", "stop", "-m", mode, "-w", "-t", "30", "-s", "-D", data.toString());
                return;
            } catch (IOException e) {
                if (mode.equals("immediate")) {
                    throw e;
                }
            }
        }
    }

    private void createDatabase() throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(url("postgres"));
        source.setUser(USER);
        source.setPassword(password);
        try (Connection connection = source.getConnection(); var statement = connection.createStatement()) {
            boolean there;
            try (var row = statement
                    .executeQuery("SELECT EXISTS (SELECT FROM pg_database WHERE datname = '" + DATABASE + "')")) {
                row.next();
                there = row.getBoolean(1);
            }
            if (!there) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }
}
