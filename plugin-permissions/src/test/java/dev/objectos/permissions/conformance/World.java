package dev.objectos.permissions.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of one tenant, in memory. Ids are in the order of creation. */
final class World {

    private final Schema schema;
    private final Map<String, Map<String, Map<String, @Nullable Object>>> records = new LinkedHashMap<>();
    private final List<Share> shares = new ArrayList<>();

    World(Schema schema) {
        this.schema = schema;
    }

    /**
     * A record that somebody has opened to others.
     *
     * @param grantee <code>user:&lt;id&gt;</code> or <code>role:&lt;name&gt;</code>
     * @param access {@code read}, {@code read_write} or {@code full}
     */
    record Share(String object, UUID record, String grantee, String access) {}

    List<Share> shares() {
        return shares;
    }

    Schema schema() {
        return schema;
    }

    /** The same records, to be changed without changing these. */
    World copy() {
        return under(schema);
    }

    /** The same records under another schema. */
    World under(Schema other) {
        var copy = new World(other);
        records.forEach((object, byId) -> byId.values().forEach(record -> copy.put(object, record)));
        copy.shares.addAll(shares);
        return copy;
    }

    void put(String object, Map<String, @Nullable Object> record) {
        records.computeIfAbsent(object, _ -> new TreeMap<>()).put(String.valueOf(record.get("id")),
                new LinkedHashMap<>(record));
    }

    void remove(String object, UUID id) {
        records.getOrDefault(object, new TreeMap<>()).remove(id.toString());
    }

    List<Map<String, @Nullable Object>> all(String object) {
        return new ArrayList<>(records.getOrDefault(object, new TreeMap<>()).values());
    }

    /** Null where there is none, or where the id is null. */
    @Nullable
    Map<String, @Nullable Object> find(String object, @Nullable Object id) {
        return id == null ? null : records.getOrDefault(object, new TreeMap<>()).get(id.toString());
    }

    Map<String, @Nullable Object> get(String object, UUID id) {
        return Objects.requireNonNull(find(object, id));
    }

    static UUID id(Map<String, @Nullable Object> record) {
        return (UUID) Objects.requireNonNull(record.get("id"));
    }

    /** Those of whom the user is the manager, directly or through others. */
    Set<UUID> subordinates(UUID user) {
        var found = new LinkedHashSet<UUID>();
        var managers = new ArrayList<UUID>(List.of(user));
        while (!managers.isEmpty()) {
            UUID manager = managers.removeFirst();
            for (Map<String, @Nullable Object> other : all(Schema.USER)) {
                if (manager.equals(other.get("manager")) && found.add(id(other))) {
                    managers.add(id(other));
                }
            }
        }
        return found;
    }

    /** Brings the summaries of all records up to date. */
    void summarize() {
        for (String object : Schema.OBJECTS) {
            for (Schema.Field field : schema.fields(object).values()) {
                if (field.kind() instanceof Schema.Kind.Summary summary) {
                    for (Map<String, @Nullable Object> record : all(object)) {
                        record.put(field.name(), summarized(summary, id(record)));
                        put(object, record);
                    }
                }
            }
        }
    }

    private Integer summarized(Schema.Kind.Summary summary, UUID parent) {
        int total = 0;
        for (Map<String, @Nullable Object> child : all(summary.child())) {
            if (parent.equals(child.get(summary.via()))) {
                total += summary.field() == null ? 1 : child.get(summary.field()) instanceof Integer value ? value : 0;
            }
        }
        return total;
    }
}
