package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.database.DatabaseFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections for the stores: one of them sees what one plugin keeps in one tenant, and the platform's sees all. */
final class StorageDatabase {

    private static final String SCOPE = "SELECT set_config('app.tenant', ?, true), set_config('app.storage_owner', ?, true)";

    private final DataSource app;
    private final DataSource worker;

    StorageDatabase(DataSource app, DataSource worker) {
        this.app = app;
        this.worker = worker;
    }

    /** One statement outside of any transaction; whose values it sees travels with it. */
    <T> List<T> read(String owner, UUID tenant, String sql, Binding binding, StorageStatement.RowReader<T> reader) {
        try (Connection connection = app.getConnection();
                var statement = new StorageStatement(connection, SCOPE + "; " + sql)) {
            statement.with(tenant.toString(), owner);
            binding.bind(statement);
            return statement.rows(reader);
        } catch (SQLException e) {
            throw DatabaseFailure.of(e, "The stored values");
        }
    }

    /** A transaction that is kept where the work answers something, and is undone where it answers null. */
    <T> @Nullable T change(String owner, UUID tenant, Work<@Nullable T> work) {
        return transaction(app, connection -> {
            try (var scope = new StorageStatement(connection, SCOPE)) {
                scope.with(tenant.toString(), owner).rows(_ -> true);
            }
            return work.run(connection);
        });
    }

    /** The same with the platform's own rights. */
    <T> @Nullable T asPlatform(Work<@Nullable T> work) {
        return transaction(worker, work);
    }

    private static <T> @Nullable T transaction(DataSource source, Work<@Nullable T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                if (result == null) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                try {
                    connection.rollback();
                } catch (SQLException undone) {
                    e.addSuppressed(undone);
                }
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e, "The stored values");
        }
    }

    /** Gives a statement its parameters. */
    interface Binding {

        void bind(StorageStatement statement) throws SQLException;
    }

    /** What is done in a transaction. */
    interface Work<T extends @Nullable Object> {

        T run(Connection connection) throws SQLException;
    }
}
