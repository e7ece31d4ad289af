package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A file of SQLite with a write-ahead log: one writes, others read meanwhile. */
final class SqliteDatabase implements AutoCloseable {

    private static final int READERS = 4;

    /** How long other processes may hold the file, such as a backup. */
    private static final int BUSY_MILLIS = 10_000;

    /** Of all tables together; a file of another version is refused. */
    private static final int VERSION = 1;

    private static final List<String> TABLES = List.of("""
            CREATE TABLE entry (
                tenant TEXT NOT NULL, owner TEXT NOT NULL, namespace TEXT NOT NULL, key TEXT NOT NULL,
                value BLOB NOT NULL, content_type TEXT NOT NULL, key_id TEXT, revision INTEGER NOT NULL,
                expires_at INTEGER, updated_at INTEGER NOT NULL, size INTEGER NOT NULL,
                PRIMARY KEY (tenant, owner, namespace, key)) STRICT""",
            "CREATE INDEX entry_expiry ON entry (expires_at) WHERE expires_at IS NOT NULL", """
                    CREATE TABLE usage (
                        tenant TEXT NOT NULL, owner TEXT NOT NULL, bytes INTEGER NOT NULL, entries INTEGER NOT NULL,
                        PRIMARY KEY (tenant, owner)) STRICT, WITHOUT ROWID""",
            """
                    CREATE TABLE share (
                        owner TEXT NOT NULL, namespace TEXT NOT NULL, plugin TEXT NOT NULL, access TEXT NOT NULL,
                        PRIMARY KEY (owner, namespace, plugin)) STRICT, WITHOUT ROWID""",
            "CREATE TABLE revision (last INTEGER NOT NULL) STRICT", "INSERT INTO revision VALUES (0)",
            "PRAGMA user_version = " + VERSION);

    /** Writers whose work is one transaction, at most. */
    private static final int TOGETHER = 64;

    private final String url;
    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore reading = new Semaphore(READERS, true);
    private final Deque<Connection> readers = new ArrayDeque<>();
    private boolean closed;

    /** @param file made where it is not there, readable by nobody else */
    SqliteDatabase(Path file) {
        create(file);
        url = "jdbc:sqlite:" + file;
        writer = openWriter(file);
    }

    private Connection openWriter(Path file) {
        try {
            Connection connection = open();
            try {
                makeTables(connection, file);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The file of stored values " + file + " cannot be opened: " + e.getMessage(),
                    e);
        }
    }

    private static void create(Path file) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (posix) {
                Files.createFile(file,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException _) {
            // As it is at every start but the first.
        } catch (IOException e) {
            throw new UncheckedIOException("The file of stored values " + file + " cannot be made", e);
        }
    }

    private Connection open() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // What is written is on the disk when the call returns, also where the power fails.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection(url);
    }

    private static void makeTables(Connection connection, Path file) throws SQLException {
        // Left to itself, the driver begins the next transaction with the commit of the last, and keeps all others out.
        update(connection, "BEGIN IMMEDIATE");
        long version = query(connection, "PRAGMA user_version", row -> row.getLong(1)).getFirst();
        if (version == 0) {
            for (String table : TABLES) {
                update(connection, table);
            }
        } else if (version != VERSION) {
            throw new SQLException("it was written by another release (its format is " + version + ", not " + VERSION
                    + "); move " + file.getFileName() + " away, or go back to that release");
        }
        update(connection, "COMMIT");
    }

    <T> T read(Work<T> work) {
        reading.acquireUninterruptibly();
        try {
            Connection connection = reader();
            try {
                return work.run(connection);
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            reading.release();
        }
    }

    private Connection reader() throws SQLException {
        synchronized (readers) {
            if (closed) {
                throw new SQLException("the file is closed");
            }
            Connection idle = readers.poll();
            if (idle != null) {
                return idle;
            }
        }
        return open();
    }

    private void giveBack(Connection connection) throws SQLException {
        synchronized (readers) {
            if (!closed) {
                readers.push(connection);
                return;
            }
        }
        connection.close();
    }

    /**
     * Work of one writer; what it has changed is kept unless something is thrown or it answers null. Of many who write, one
     * does the work of all who wait, in one transaction, so that they wait for the disk together.
     */
    <T> @Nullable T write(Work<@Nullable T> work) {
        var own = new Waiting<T>(work);
        waiting.add(own);
        writing.lock();
        try {
            while (!own.isDone()) {
                writeTogether();
            }
        } finally {
            writing.unlock();
        }
        return own.result();
    }

    private void writeTogether() {
        var together = new ArrayList<Waiting<?>>();
        try {
            update(writer, "BEGIN IMMEDIATE");
            Waiting<?> next = waiting.poll();
            while (next != null) {
                together.add(next);
                next.run(writer);
                next = together.size() < TOGETHER ? waiting.poll() : null;
            }
            update(writer, "COMMIT");
            together.forEach(Waiting::done);
        } catch (SQLException e) {
            undo(e);
            failed(together, failure(e));
        } catch (RuntimeException e) {
            undo(e);
            failed(together, e);
        }
    }

    /** Those with whom it was tried, and all who wait where nothing could even be begun. */
    private void failed(List<Waiting<?>> together, RuntimeException cause) {
        if (together.isEmpty()) {
            waiting.forEach(together::add);
            waiting.removeAll(together);
        }
        together.forEach(each -> each.failed(cause));
    }

    private void undo(Exception cause) {
        try {
            update(writer, "ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Somebody who writes; only touched under the lock of writing until it is done. */
    private static final class Waiting<T> {

        private final Work<@Nullable T> work;
        private @Nullable T result;
        private @Nullable RuntimeException failure;
        private boolean done;

        Waiting(Work<@Nullable T> work) {
            this.work = work;
        }

        /** Others' work stands, whatever becomes of this one's. */
        void run(Connection writer) throws SQLException {
            update(writer, "SAVEPOINT one");
            try {
                result = work.run(writer);
            } catch (SQLException e) {
                failure = SqliteDatabase.failure(e);
            } catch (RuntimeException e) {
                failure = e;
            }
            if (result == null || failure != null) {
                update(writer, "ROLLBACK TO one");
            }
            update(writer, "RELEASE one");
        }

        void done() {
            done = true;
        }

        void failed(RuntimeException cause) {
            failure = cause;
            done = true;
        }

        boolean isDone() {
            return done;
        }

        @Nullable
        T result() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }

    static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (row.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    /** @return how many rows */
    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static PlatformException failure(SQLException failure) {
        boolean passing = failure instanceof SQLiteException known
                && (known.getResultCode() == SQLiteErrorCode.SQLITE_BUSY
                        || known.getResultCode() == SQLiteErrorCode.SQLITE_FULL);
        return passing
                ? new PlatformException(RuntimeError.UNAVAILABLE,
                        "The stored values cannot be used at the moment: their file is held by somebody else, or the disk "
                                + "is full",
                        failure)
                : new PlatformException(RuntimeError.INTERNAL, "The stored values could not be used", failure);
    }

    @Override
    public void close() {
        synchronized (readers) {
            closed = true;
            readers.forEach(SqliteDatabase::closeQuietly);
            readers.clear();
        }
        writing.lock();
        try {
            closeQuietly(writer);
        } finally {
            writing.unlock();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(SqliteDatabase.class).debug("A connection was closed with an error", e);
        }
    }

    /** What is done with a connection. */
    interface Work<T extends @Nullable Object> {

        T run(Connection connection) throws SQLException;
    }

    /** Makes a value of a row. */
    interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }
}
