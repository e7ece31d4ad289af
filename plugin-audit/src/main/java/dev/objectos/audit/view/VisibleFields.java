package dev.objectos.audit.view;

import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out of entries what a session may not see; asks once for each object. */
final class VisibleFields {

    /** What is shown in place of values that nobody is shown. */
    private static final String CONCEALED = "****";

    private final ObjectRights rights;
    private final Catalog catalog;
    private final Session session;
    private final Map<String, Set<String>> unseen = new HashMap<>();

    VisibleFields(ObjectRights rights, Catalog catalog, Session session) {
        this.rights = rights;
        this.catalog = catalog;
        this.session = session;
    }

    /** Whether the session is shown the values of a field as they are. */
    boolean shows(String object, String field) {
        return !unseen(object).contains(field);
    }

    /** The entry with the changes that the session may see. */
    AuditEntry of(AuditEntry entry) {
        return of(entry, _ -> true);
    }

    /** The same, of fields that pass. */
    AuditEntry of(AuditEntry entry, Predicate<String> fields) {
        String object = entry.object();
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        entry.changes().properties().forEach(change -> {
            if (fields.test(change.getKey()) && (object == null || shows(object, change.getKey()))) {
                shown.set(change.getKey(), values(change.getValue()));
            }
        });
        return entry.withChanges(shown);
    }

    /** The database keeps keys in an order of its own. */
    private static JsonNode values(JsonNode change) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        if (change.isEmpty()) {
            return values.put("from", CONCEALED).put("to", CONCEALED);
        }
        values.set("from", change.path("from"));
        values.set("to", change.path("to"));
        return values;
    }

    /** Hidden and masked fields, all of an object that may not be read; objects that are no more hide nothing. */
    private Set<String> unseen(String object) {
        return unseen.computeIfAbsent(object, name -> catalog.object(name).map(this::unseen).orElse(Set.of()));
    }

    private Set<String> unseen(ObjectDefinition object) {
        ObjectAccess access = rights.of(object, session, catalog);
        if (!access.readable()) {
            return object.fields().keySet();
        }
        var fields = new HashSet<>(access.hidden());
        fields.addAll(access.masked());
        return Set.copyOf(fields);
    }
}
