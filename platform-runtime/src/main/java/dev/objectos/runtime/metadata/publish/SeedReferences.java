package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the seed keys in lookups into ids; users may also be named by username or e-mail. */
final class SeedReferences {

    private static final List<String> USER_NAMES = List.of("username", "email");

    private final Catalog catalog;
    private final Records records;
    private final Session session;
    private final Map<String, Map<String, UUID>> ids = new HashMap<>();
    private final Map<String, Set<String>> loaded = new HashMap<>();
    private final Map<String, @Nullable UUID> users = new HashMap<>();
    private final List<Postponed> postponed = new ArrayList<>();

    SeedReferences(Catalog catalog, Records records, Session session) {
        this.catalog = catalog;
        this.records = records;
        this.session = session;
    }

    /** References of a record to others that did not exist when it was made. */
    record Postponed(ObjectDefinition object, String key, Map<String, Object> values, SourceLocation where) {}

    void know(String object, Map<String, UUID> keys, Set<String> alreadyLoaded) {
        ids.computeIfAbsent(object, _ -> new HashMap<>()).putAll(keys);
        loaded.computeIfAbsent(object, _ -> new HashSet<>()).addAll(alreadyLoaded);
    }

    UUID id(String object, String key) {
        return Objects.requireNonNull(ids.getOrDefault(object, Map.of()).get(key), key);
    }

    void loaded(String object, String key) {
        loaded.computeIfAbsent(object, _ -> new HashSet<>()).add(key);
    }

    void missing(String object, String key) {
        loaded.getOrDefault(object, Set.of()).remove(key);
        leave(object, key);
    }

    /** Forgets what was postponed for a record that is to stay as it is. */
    void leave(String object, String key) {
        postponed.removeIf(waiting -> waiting.object().name().equals(object) && waiting.key().equals(key));
    }

    /** Looks once more at the references of a record that an earlier start made and may not have completed. */
    void revisit(ObjectDefinition object, SeedFile.Seed seed) {
        var again = new LinkedHashMap<String, Object>();
        seed.values().forEach((name, value) -> {
            String target = target(object, name);
            if (target != null && value != null && !required(object, name) && isSeeded(target, value)) {
                again.put(name, value);
            }
        });
        if (!again.isEmpty()) {
            postponed.add(new Postponed(object, seed.key(), again, seed.where()));
        }
    }

    private boolean isSeeded(String target, Object value) {
        return value instanceof List<?> keys
                ? keys.stream().anyMatch(key -> key != null && isSeeded(target, key))
                : ids.getOrDefault(target, Map.of()).containsKey(value.toString());
    }

    void replace(String object, String key, UUID id) {
        ids.computeIfAbsent(object, _ -> new HashMap<>()).put(key, id);
    }

    List<Postponed> postponed() {
        return List.copyOf(postponed);
    }

    /** Those of the ids whose records exist. */
    Set<UUID> present(ObjectDefinition object, Collection<UUID> wanted) {
        return Set.copyOf(find(object, SystemFields.ID, wanted));
    }

    /** The record that holds the unique values which a new one was refused for. */
    UUID existing(ObjectDefinition object, Map<String, @Nullable Object> values, PlatformException refusal) {
        for (FieldError error : refusal.fields()) {
            Object value = values.get(error.field());
            if (value != null) {
                List<UUID> found = find(object, error.field(), List.of(value));
                if (!found.isEmpty()) {
                    return found.getFirst();
                }
            }
        }
        throw refusal;
    }

    /** The record's values with ids in place of seed keys; what does not exist yet is postponed. */
    Map<String, @Nullable Object> resolve(ObjectDefinition object, SeedFile.Seed seed) {
        var resolved = new LinkedHashMap<String, @Nullable Object>();
        var later = new LinkedHashMap<String, Object>();
        seed.values().forEach((name, value) -> {
            String target = target(object, name);
            if (target == null || value == null) {
                resolved.put(name, value);
            } else if (waits(target, value) && !required(object, name)) {
                later.put(name, value);
            } else {
                resolved.put(name, resolve(name, target, value));
            }
        });
        if (!later.isEmpty()) {
            postponed.add(new Postponed(object, seed.key(), later, seed.where()));
        }
        return resolved;
    }

    Map<String, @Nullable Object> resolvePostponed(Postponed postponedValues) {
        var resolved = new LinkedHashMap<String, @Nullable Object>();
        postponedValues.values().forEach((name, value) -> resolved.put(name,
                resolve(name, Objects.requireNonNull(target(postponedValues.object(), name)), value)));
        return resolved;
    }

    private static boolean required(ObjectDefinition object, String field) {
        return object.field(field).map(FieldDefinition::required).orElse(false);
    }

    private static @Nullable String target(ObjectDefinition object, String field) {
        return object.field(field).flatMap(known -> known.type().refersTo()).orElse(null);
    }

    private boolean waits(String target, Object value) {
        if (value instanceof List<?> keys) {
            return keys.stream().anyMatch(key -> key != null && waits(target, key));
        }
        String key = value.toString();
        return ids.getOrDefault(target, Map.of()).containsKey(key)
                && !loaded.getOrDefault(target, Set.of()).contains(key);
    }

    private Object resolve(String field, String target, Object value) {
        if (value instanceof List<?> keys) {
            return keys.stream().map(key -> resolve(field, target, Objects.requireNonNull(key))).toList();
        }
        String key = value.toString();
        UUID seeded = ids.getOrDefault(target, Map.of()).get(key);
        if (seeded != null && loaded.getOrDefault(target, Set.of()).contains(key)) {
            return seeded.toString();
        }
        if (FieldValues.isId(key)) {
            return key;
        }
        UUID user = target.equals(Catalog.USER) ? users.computeIfAbsent(key, this::user) : null;
        if (user == null) {
            throw PlatformException.validation(target, List.of(new FieldError(field, "invalid_reference",
                    field + " refers to '" + key + "', which is no record of " + target)));
        }
        return user.toString();
    }

    private @Nullable UUID user(String name) {
        ObjectDefinition user = catalog.object(Catalog.USER).orElseThrow();
        for (String field : USER_NAMES) {
            List<UUID> found = find(user, field, List.of(name));
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        return null;
    }

    private List<UUID> find(ObjectDefinition object, String field, Collection<?> values) {
        return MatchingIds.find(query -> records.query(query, session), object.name(), field, values);
    }
}
