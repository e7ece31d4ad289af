package dev.objectos.runtime.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An immutable snapshot of everything known. A request takes it once and passes it down; whatever can be derived from it
 * is derived once, by {@link #derive}.
 */
public final class Catalog {

    /** The platform's own object of users; an application may extend it. */
    public static final String USER = "user";

    private final long version;
    private final Map<String, ObjectDefinition> objects;
    private final Map<String, String> aliases;
    private final Map<String, Map<String, MetadataItem>> items;
    private final List<Violation> violations;
    private final Map<String, Map<String, Relationship>> children;
    private final Map<ItemKey, Integer> edited;
    private final Map<Class<?>, Object> known;
    private final Map<Class<?>, Object> derived;

    /**
     * @param version counts up with each publish
     * @param objects by name; every lookup's target is among them
     * @param aliases other names of objects ({@code users} for {@code user})
     * @param items by type and name
     * @param relationships every lookup seen from its parent
     * @param violations what was found while loading; errors name what was left out
     */
    public Catalog(long version, Map<String, ObjectDefinition> objects, Map<String, String> aliases,
            Collection<MetadataItem> items, Collection<Relationship> relationships, List<Violation> violations) {
        this(version, objects, aliases, items, relationships, violations, Map.of());
    }

    /** @param edited the versions of what administrators have edited */
    public Catalog(long version, Map<String, ObjectDefinition> objects, Map<String, String> aliases,
            Collection<MetadataItem> items, Collection<Relationship> relationships, List<Violation> violations,
            Map<ItemKey, Integer> edited) {
        this(version, objects, aliases, items, relationships, violations, edited, Map.of());
    }

    private Catalog(long version, Map<String, ObjectDefinition> objects, Map<String, String> aliases,
            Collection<MetadataItem> items, Collection<Relationship> relationships, List<Violation> violations,
            Map<ItemKey, Integer> edited, Map<Class<?>, Object> known) {
        this.version = version;
        this.edited = Map.copyOf(edited);
        this.known = Map.copyOf(known);
        this.derived = new ConcurrentHashMap<>(known);
        this.objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
        this.aliases = Map.copyOf(aliases);
        this.violations = List.copyOf(violations);
        this.items = new LinkedHashMap<>();
        for (MetadataItem item : items) {
            this.items.computeIfAbsent(item.type(), _ -> new LinkedHashMap<>()).put(item.name(), item);
        }
        this.children = new LinkedHashMap<>();
        for (Relationship relationship : relationships) {
            children.computeIfAbsent(relationship.parent(), _ -> new LinkedHashMap<>()).put(relationship.name(),
                    relationship);
        }
    }

    public static Catalog empty() {
        return new Catalog(0, Map.of(), Map.of(), List.of(), List.of(), List.of());
    }

    /** The same snapshot with other findings to report. */
    public Catalog reporting(List<Violation> findings) {
        return with(objects, findings, known);
    }

    /** The same snapshot with other definitions of its objects. */
    public Catalog withObjects(Map<String, ObjectDefinition> others) {
        return with(others, violations, known);
    }

    /** The same snapshot, for which {@link #derive} answers that value: what the files alone do not say. */
    public <T> Catalog knowing(Class<T> type, T value) {
        var all = new HashMap<>(known);
        all.put(type, value);
        return with(objects, violations, all);
    }

    private Catalog with(Map<String, ObjectDefinition> others, List<Violation> findings, Map<Class<?>, Object> all) {
        return new Catalog(version, others, aliases,
                items.values().stream().flatMap(byName -> byName.values().stream()).toList(),
                children.values().stream().flatMap(byName -> byName.values().stream()).toList(), findings, edited,
                all);
    }

    public long version() {
        return version;
    }

    /** The object of that name, or of which it is another name. */
    public Optional<ObjectDefinition> object(String name) {
        ObjectDefinition found = objects.get(name);
        return Optional.ofNullable(found != null ? found : objects.get(aliases.getOrDefault(name, name)));
    }

    public Collection<ObjectDefinition> objects() {
        return objects.values();
    }

    public Collection<MetadataItem> items(String type) {
        return Collections.unmodifiableCollection(items.getOrDefault(type, Map.of()).values());
    }

    public Optional<MetadataItem> item(String type, String name) {
        return Optional.ofNullable(items.getOrDefault(type, Map.of()).get(name));
    }

    /** Every metadata type that has an item, beside {@code object}. */
    public Collection<String> types() {
        return Collections.unmodifiableSet(items.keySet());
    }

    /** The version of an item that an administrator has edited; 0 where nobody has. */
    public int editedVersion(ItemKey item) {
        return edited.getOrDefault(item, 0);
    }

    /** The versions of everything that administrators have edited. */
    public Map<ItemKey, Integer> edited() {
        return edited;
    }

    /** The child collections of an object, in the order of the child objects. */
    public Collection<Relationship> children(String parent) {
        return Collections.unmodifiableCollection(children.getOrDefault(parent, Map.of()).values());
    }

    public Optional<Relationship> child(String parent, String name) {
        return Optional.ofNullable(children.getOrDefault(parent, Map.of()).get(name));
    }

    /** What a lookup, of one record or of several, or a child collection of an object leads to. */
    public Optional<ObjectDefinition> related(ObjectDefinition from, String name) {
        return from.field(name).flatMap(this::target)
                .or(() -> child(from.name(), name).flatMap(relationship -> object(relationship.child())));
    }

    /** The object whose records a field names. */
    public Optional<ObjectDefinition> target(FieldDefinition field) {
        return field.type().refersTo().flatMap(this::object);
    }

    /** The field at the end of a path; empty where a name is not known, or a step before the last is no lookup of one record. */
    public Optional<FieldDefinition> field(ObjectDefinition from, FieldPath path) {
        Optional<ObjectDefinition> at = Optional.of(from);
        for (String step : path.segments().subList(0, path.segments().size() - 1)) {
            at = at.flatMap(object -> object.field(step)).filter(field -> field.type() instanceof FieldType.Reference)
                    .flatMap(this::target);
        }
        return at.flatMap(object -> object.field(path.last()));
    }

    public List<Violation> violations() {
        return violations;
    }

    public List<Violation> errors() {
        var errors = new ArrayList<>(violations);
        errors.removeIf(violation -> !violation.isError());
        return List.copyOf(errors);
    }

    /**
     * The value of that type that belongs to this snapshot, made on first use and kept with it.
     *
     * @param type identifies the derivation
     * @param derivation must be a pure function of the catalog
     */
    public <T> T derive(Class<T> type, Function<Catalog, T> derivation) {
        // Not computeIfAbsent: one derivation may ask for another.
        Object known = derived.get(type);
        if (known == null) {
            Object made = derivation.apply(this);
            Object earlier = derived.putIfAbsent(type, made);
            known = earlier != null ? earlier : made;
        }
        return type.cast(known);
    }
}
