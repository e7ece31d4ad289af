package dev.objectos.audit.entry;

import dev.objectos.audit.partition.Retention;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Finds out which fields that are not for everybody an answer shows, of objects that want to know who gets to see those
 * ({@code audit: {events: [sensitive_field_access]}}, or an alert for it).
 */
final class SensitiveFields {

    private final Retention retention;
    private final ObjectRights rights;

    SensitiveFields(Retention retention, ObjectRights rights) {
        this.retention = retention;
        this.rights = rights;
    }

    /** Of one catalog, by object, the fields that are watched. */
    private record Watched(Map<String, Set<String>> fields) {}

    /**
     * What the session is shown as it is, by object.
     *
     * @param shown what the answer shows to whoever sees everything; not asked for where nothing is watched
     */
    Map<String, Set<String>> among(Supplier<Map<String, Set<String>>> shown, Session session, Catalog catalog) {
        Map<String, Set<String>> watched = watched(catalog);
        if (watched.isEmpty()) {
            return Map.of();
        }
        var found = new TreeMap<String, Set<String>>();
        shown.get().forEach((name, fields) -> {
            var sensitive = new TreeSet<>(fields);
            sensitive.retainAll(watched.getOrDefault(name, Set.of()));
            if (!sensitive.isEmpty()) {
                ObjectAccess access = rights.of(catalog.object(name).orElseThrow(), session, catalog);
                sensitive.removeAll(access.hidden());
                sensitive.removeAll(access.masked());
                if (access.readable() && !sensitive.isEmpty()) {
                    found.put(name, sensitive);
                }
            }
        });
        return found;
    }

    private Map<String, Set<String>> watched(Catalog catalog) {
        return catalog.derive(Watched.class, of -> {
            var fields = new HashMap<String, Set<String>>();
            for (ObjectDefinition object : of.objects()) {
                if (retention.sensitive(object, of)) {
                    fields.put(object.name(), rights.guarded(object, of));
                }
            }
            return new Watched(Map.copyOf(fields));
        }).fields();
    }
}
