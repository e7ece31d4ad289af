package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.Default;
import dev.objectos.permissions.conformance.ObjectRules.Exemption;
import dev.objectos.permissions.conformance.ObjectRules.Grant;
import dev.objectos.permissions.conformance.ObjectRules.RecordRule;
import dev.objectos.permissions.conformance.ObjectRules.Role;
import dev.objectos.permissions.conformance.ObjectRules.RowSecurity;
import dev.objectos.permissions.conformance.ObjectRules.SetRules;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.permissions.conformance.ObjectRules.SharingRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which records a person may create, read, update and delete: the order of decisions, as the document has it. */
final class ReferenceRights {

    private final Rules rules;
    private final World world;
    private final Person person;
    private final Map<String, Set<String>> held = new HashMap<>();

    ReferenceRights(Rules rules, World world, Person person) {
        this.rules = rules;
        this.world = world;
        this.person = person;
    }

    World world() {
        return world;
    }

    Person person() {
        return person;
    }

    Rules rules() {
        return rules;
    }

    /** The sets that the person holds, as far as an object is concerned. */
    Set<String> sets(String object) {
        return held.computeIfAbsent(object, this::closure);
    }

    boolean holdsOneOf(String object, List<String> names) {
        return names.stream().anyMatch(sets(object)::contains);
    }

    /** The sets that the person holds whatever the object. */
    private Set<String> everywhere() {
        var sets = new HashSet<>(person.roles());
        sets.add("everyone");
        int before;
        do {
            before = sets.size();
            for (String name : List.copyOf(sets)) {
                if (name.equals("owner")) {
                    sets.add("admin");
                }
                for (ObjectRules file : rules.objects().values()) {
                    Role role = file.roles().get(name);
                    if (role != null) {
                        sets.addAll(role.inherits());
                        sets.addAll(role.permissionSets());
                    }
                }
            }
        } while (sets.size() > before);
        return sets;
    }

    private Set<String> closure(String object) {
        Set<String> sets = everywhere();
        int before;
        do {
            before = sets.size();
            for (String name : List.copyOf(sets)) {
                SetRules set = rules.of(object).sets().get(name);
                if (set != null) {
                    sets.addAll(set.inherits());
                }
            }
        } while (sets.size() > before);
        return sets;
    }

    /** Step 2: whether some set grants something on the object. */
    private boolean admitted(String object) {
        boolean bySet = rules.of(object).sets().entrySet().stream().filter(set -> sets(object).contains(set.getKey()))
                .map(Map.Entry::getValue)
                .anyMatch(set -> set.viewAll() || set.modifyAll()
                        || set.grants().values().stream().anyMatch(Grant::granted));
        return bySet || rules.of(object).objectPermissions().values().stream()
                .anyMatch(names -> holdsOneOf(object, names));
    }

    /** Step 2: whether there may be a record with which the operation is permitted; refused with 403 where not. */
    boolean possible(String object, Operation operation) {
        if (person.administrator()) {
            return true;
        }
        if (object.equals(Schema.USER)) {
            return operation == Operation.READ;
        }
        return admitted(object) && (grants(object, operation)
                || all(object, operation)
                || rules.of(object).recordRules().stream()
                        .anyMatch(rule -> concerns(object, rule) && Boolean.TRUE.equals(says(rule, operation))));
    }

    /** The sets that the person holds and that grant the operation, with conditions or without. */
    List<String> granting(String object, Operation operation) {
        return sets(object).stream()
                .filter(name -> rules.of(object).sets().get(name) instanceof SetRules set
                        && set.grants().get(operation) instanceof Grant(boolean granted, var _) && granted
                        || listed(object, operation.word(), name))
                .toList();
    }

    private boolean grants(String object, Operation operation) {
        return !granting(object, operation).isEmpty();
    }

    private boolean listed(String object, String key, String set) {
        return rules.of(object).objectPermissions().getOrDefault(key, List.of()).contains(set);
    }

    /** Step 6: whether a set reads, or changes, every record. */
    private boolean all(String object, Operation operation) {
        return switch (operation) {
            case CREATE -> false;
            case READ -> sets(object).stream().anyMatch(set -> viewsAll(object, set) || modifiesAll(object, set));
            case UPDATE, DELETE -> sets(object).stream().anyMatch(set -> modifiesAll(object, set));
        };
    }

    boolean viewsAll(String object, String name) {
        SetRules set = rules.of(object).sets().get(name);
        return (set != null && set.viewAll()) || listed(object, "view_all", name);
    }

    boolean modifiesAll(String object, String name) {
        SetRules set = rules.of(object).sets().get(name);
        return (set != null && set.modifyAll()) || listed(object, "modify_all", name);
    }

    /** Whether the person may do that with the record, as it is, or for a creation as it is made. */
    boolean may(Operation operation, String object, Map<String, @Nullable Object> record) {
        if (person.administrator()) {
            return true;
        }
        if (object.equals(Schema.USER)) {
            return operation == Operation.READ;
        }
        return switch (operation) {
            case CREATE, READ -> decided(operation, object, record);
            case UPDATE, DELETE ->
                decided(Operation.READ, object, record) && decided(operation, object, record);
        };
    }

    private boolean decided(Operation operation, String object, Map<String, @Nullable Object> record) {
        if (!possible(object, operation)) {
            return false;
        }
        if (all(object, operation)) {
            return true;
        }
        Boolean rule = ruled(operation, object, record);
        if (rule != null) {
            return rule;
        }
        if (operation == Operation.CREATE) {
            return started(operation, object, record);
        }
        return (started(operation, object, record) && remains(object, record)) || shared(operation, object, record);
    }

    /** Step 3. */
    private boolean started(Operation operation, String object, Map<String, @Nullable Object> record) {
        boolean plain = sets(object).stream().anyMatch(name -> listed(object, operation.word(), name));
        for (String name : sets(object)) {
            SetRules set = rules.of(object).sets().get(name);
            if (set != null && set.grants().get(operation) instanceof Grant(boolean granted, var conditions)
                    && granted) {
                if (conditions.isEmpty()) {
                    plain = true;
                } else if (conditions.stream().allMatch(c -> c.holds(object, record, world, person))) {
                    return true;
                }
            }
        }
        return plain && byDefault(operation, object, record);
    }

    private boolean byDefault(Operation operation, String object, Map<String, @Nullable Object> record) {
        Sharing sharing = rules.of(object).sharing();
        Default byDefault = sharing == null ? Default.READ_WRITE : sharing.byDefault();
        return switch (byDefault) {
            case READ_WRITE -> true;
            case READ -> operation == Operation.CREATE || operation == Operation.READ || owned(record);
            case PRIVATE -> operation == Operation.CREATE || privately(object, record);
            case CONTROLLED_BY_PARENT -> {
                String lookup = parentLookup(object);
                String parent = world.schema().lookup(object, lookup).target();
                Map<String, @Nullable Object> above = world.find(parent, record.get(lookup));
                if (above == null) {
                    yield operation == Operation.CREATE || privately(object, record);
                }
                yield may(operation == Operation.READ ? Operation.READ : Operation.UPDATE, parent, above);
            }
        };
    }

    private boolean privately(String object, Map<String, @Nullable Object> record) {
        return rules.of(object).recordRules().isEmpty() && owned(record);
    }

    private boolean owned(Map<String, @Nullable Object> record) {
        return record.get("owner") instanceof UUID owner
                && (owner.equals(person.id()) || world.subordinates(person.id()).contains(owner));
    }

    /** The lookup that leads to the parent of {@code controlled_by_parent}. */
    String parentLookup(String object) {
        Sharing sharing = rules.of(object).sharing();
        if (sharing != null && sharing.parent() instanceof String named) {
            return named;
        }
        Schema schema = world.schema();
        List<String> details = schema.lookups(object).stream()
                .filter(name -> schema.lookup(object, name).masterDetail()).toList();
        List<String> cascading = schema.lookups(object).stream()
                .filter(name -> schema.lookup(object, name).onDelete() == Schema.OnDelete.CASCADE).toList();
        return details.size() == 1 ? details.getFirst() : cascading.getFirst();
    }

    /** Step 4. */
    private boolean remains(String object, Map<String, @Nullable Object> record) {
        RowSecurity security = rules.of(object).rowSecurity();
        if (security == null || !security.enabled()) {
            return true;
        }
        if (security.defaultRule().holds(object, record, world, person)) {
            return true;
        }
        for (Exemption exemption : security.exceptions()) {
            if (sets(object).contains(exemption.set()) && (exemption.condition() == null
                    || exemption.condition().holds(object, record, world, person))) {
                return true;
            }
        }
        return false;
    }

    /** Step 5. */
    private boolean shared(Operation operation, String object, Map<String, @Nullable Object> record) {
        return grants(object, operation) && (opened(operation, object, record) || rules.of(object).sharingRules()
                .stream()
                .anyMatch(rule -> (holdsOneOf(object, rule.roles()) || rule.users().stream().anyMatch(this::named))
                        && speaks(rule, operation) && rule.condition().holds(object, record, world, person)));
    }

    /** Whether somebody has opened the record to the person, which people may do where sharing starts from less than all. */
    private boolean opened(Operation operation, String object, Map<String, @Nullable Object> record) {
        Sharing sharing = rules.of(object).sharing();
        boolean byHand = sharing != null
                && (sharing.byDefault() == Default.PRIVATE || sharing.byDefault() == Default.READ);
        return byHand && world.shares().stream()
                .anyMatch(share -> share.object().equals(object) && share.record().equals(record.get("id"))
                        && (share.grantee().equals("user:" + person.id())
                                || everywhere().stream().anyMatch(set -> share.grantee().equals("role:" + set)))
                        && reaches(share.access(), operation));
    }

    /** By id or e-mail address. */
    private boolean named(String user) {
        Object email = world.get(Schema.USER, person.id()).get("email");
        return user.equals(person.id().toString()) || user.equals(email);
    }

    private static boolean speaks(SharingRule rule, Operation operation) {
        String access = rule.access();
        return access == null ? rule.permissions().getOrDefault(operation, false) : reaches(access, operation);
    }

    private static boolean reaches(String access, Operation operation) {
        return switch (operation) {
            case CREATE -> false;
            case READ -> true;
            case UPDATE -> !access.equals("read");
            case DELETE -> access.equals("full");
        };
    }

    /** Step 7; null where no rule speaks. */
    private @Nullable Boolean ruled(Operation operation, String object, Map<String, @Nullable Object> record) {
        Integer highest = null;
        boolean granted = false;
        for (RecordRule rule : rules.of(object).recordRules()) {
            Boolean says = says(rule, operation);
            if (says == null || !concerns(object, rule) || !rule.condition().holds(object, record, world, person)) {
                continue;
            }
            int priority = rule.priority() == null ? 0 : rule.priority();
            if (highest == null || priority > highest) {
                highest = priority;
                granted = says;
            } else if (priority == highest) {
                granted &= says;
            }
        }
        return highest == null ? null : granted;
    }

    private boolean concerns(String object, RecordRule rule) {
        return rule.roles().isEmpty() || holdsOneOf(object, rule.roles());
    }

    /** What a rule says of an operation: grants it, restricts it, or (null) nothing. */
    private static @Nullable Boolean says(RecordRule rule, Operation operation) {
        if (!rule.operations().isEmpty()) {
            return rule.operations().contains(operation) ? Boolean.TRUE : null;
        }
        return rule.permissions().isEmpty() ? Boolean.TRUE : rule.permissions().get(operation);
    }
}
