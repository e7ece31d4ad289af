package dev.objectos.runtime.database;

import java.util.List;

/**
 * What the bootstrap found, for those who show it.
 *
 * @param serverVersion such as {@code 18.6}
 * @param superuser whether the configured user is one
 * @param leaking comparison functions that row-level security keeps away from indexes, because the configured user may not
 *        mark them LEAKPROOF; filters that need them read all records of the tenant
 * @param extensions those of {@link DatabaseExtensions#WANTED} that are there
 */
public record DatabaseDiagnostics(String serverVersion, boolean superuser, List<String> leaking,
        List<String> extensions) {

    public DatabaseDiagnostics {
        leaking = List.copyOf(leaking);
        extensions = List.copyOf(extensions);
    }

    /** Whether every filter that has an index can use it. */
    public boolean indexesServeEveryFilter() {
        return leaking.isEmpty();
    }
}
