package dev.objectos.runtime.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The migrations that a plugin brings, and which of them were applied last: the comment on the plugin's history table holds their
 * fingerprint.
 *
 * @param files in the order of their names
 */
record MigrationFiles(String id, List<Resource> files) {

    private static final String COMMENT = "objectos ";

    static MigrationFiles of(String id) {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:db/migration/" + id + "/*.sql");
            return new MigrationFiles(id, Arrays.stream(found)
                    .sorted(Comparator.comparing(file -> Objects.requireNonNullElse(file.getFilename(), ""))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean none() {
        return files.isEmpty();
    }

    String location() {
        return "db/migration/" + id;
    }

    String table() {
        return "migration_history_" + id.replaceAll("[^a-z0-9]", "_");
    }

    /** Differs whenever a file is added, removed, renamed or changed. */
    String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Resource file : files) {
                digest.update(Objects.requireNonNullElse(file.getFilename(), "").getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(file.getContentAsByteArray());
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fingerprints of what was applied last, by history table. */
    static Map<String, String> applied(Statement statement) throws SQLException {
        var applied = new HashMap<String, String>();
        try (ResultSet rows = statement.executeQuery("""
                SELECT relname, obj_description(c.oid, 'pg_class') FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = '%s' AND c.relkind = 'r' AND starts_with(relname, 'migration_history_')"""
                .formatted(DatabaseSchemas.PLATFORM))) {
            while (rows.next()) {
                String comment = rows.getString(2);
                if (comment != null && comment.startsWith(COMMENT)) {
                    applied.put(rows.getString(1), comment.substring(COMMENT.length()));
                }
            }
        }
        return applied;
    }

    /** Remembers that all of them have been applied. */
    void note(Statement statement) throws SQLException {
        statement.execute("COMMENT ON TABLE %s.%s IS '%s'".formatted(DatabaseSchemas.PLATFORM, table(),
                COMMENT + fingerprint()));
    }
}
