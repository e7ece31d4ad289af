package dev.objectos.runtime.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The history of publications: which steps there were, and how far each one came. */
final class PublicationLog {

    private final long publication;

    private PublicationLog(long publication) {
        this.publication = publication;
    }

    /** Opens an entry for the steps; the connection is in a transaction, which the caller commits. */
    static PublicationLog begin(Connection connection, long catalogVersion, List<SchemaStep> steps)
            throws SQLException {
        long publication;
        try (var statement = connection.prepareStatement(
                "INSERT INTO platform.schema_publication (catalog_version, steps) VALUES (?, ?) RETURNING id")) {
            statement.setLong(1, catalogVersion);
            statement.setInt(2, steps.size());
            try (var row = statement.executeQuery()) {
                row.next();
                publication = row.getLong(1);
            }
        }
        try (var statement = connection.prepareStatement("""
                INSERT INTO platform.schema_step (publication, position, object, description)
                SELECT ?, ordinality - 1, object, description
                FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS steps(object, description, ordinality)""")) {
            statement.setLong(1, publication);
            statement.setArray(2,
                    connection.createArrayOf("text", steps.stream().map(SchemaStep::object).toArray()));
            statement.setArray(3,
                    connection.createArrayOf("text", steps.stream().map(SchemaStep::describe).toArray()));
            statement.executeUpdate();
        }
        return new PublicationLog(publication);
    }

    /** Notes that these steps are done, in their transaction. */
    void finished(Connection connection, int from, int to) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE platform.schema_step SET finished_at = clock_timestamp()
                WHERE publication = ? AND position >= ? AND position < ?""")) {
            statement.setLong(1, publication);
            statement.setInt(2, from);
            statement.setInt(3, to);
            statement.executeUpdate();
        }
    }

    void finished(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE platform.schema_publication SET finished_at = clock_timestamp() WHERE id = ?")) {
            statement.setLong(1, publication);
            statement.executeUpdate();
        }
    }

    void failed(Connection connection, String failure) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE platform.schema_publication SET failure = ? WHERE id = ?")) {
            statement.setString(1, failure);
            statement.setLong(2, publication);
            statement.executeUpdate();
        }
    }
}
