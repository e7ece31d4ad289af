package dev.objectos.runtime.database;

import java.util.Map;

/**
 * The logins that the platform works with.
 *
 * @param owner owns both schemas; runs DDL and migrations, nothing else
 * @param app serves requests: reads and writes business records under row-level security
 * @param worker serves the platform's own work: everything of the schema {@code platform}, and business records as
 *        {@code app} does
 */
public record DatabaseRoles(String owner, String app, String worker) {

    static DatabaseRoles of(String prefix) {
        return new DatabaseRoles(prefix + "_owner", prefix + "_app", prefix + "_worker");
    }

    /**
     * What a migration may write instead of names: <code>${owner}</code>, <code>${app}</code> and
     * <code>${worker}</code> (quoted already), <code>${data}</code> for the schema of the business tables.
     */
    Map<String, String> placeholders() {
        return Map.of("owner", quoted(owner), "app", quoted(app), "worker", quoted(worker), "data",
                quoted(DatabaseSchemas.DATA));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
