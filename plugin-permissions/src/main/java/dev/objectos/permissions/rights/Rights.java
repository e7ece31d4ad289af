package dev.objectos.permissions.rights;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.permissions.definition.Condition;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.definition.Sharing;
import dev.objectos.permissions.share.Grantee;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionType;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may do what, in one catalog. Worked out once for each combination of sets that concerns an object; combinations that
 * differ in constants alone share everything but those.
 */
public final class Rights {

    private static final int MOST_HOLDERS = 20_000;

    private final Catalog catalog;
    private final Permissions permissions;
    /** The acting user and those below; one value for all filters, for equal filters share statements. */
    private final SessionValue own;
    private final Map<String, RowFilter.UserAttribute> attributes;
    private final Map<String, Set<String>> concerned = new HashMap<>();
    private final Cache<Set<String>, Holder> holders = Caffeine.newBuilder().maximumSize(MOST_HOLDERS).build();
    private final Map<Combination, OnObject> known = new ConcurrentHashMap<>();
    private final Map<Object, Object> shapes = new ConcurrentHashMap<>();

    public Rights(Catalog catalog, People people) {
        this.catalog = catalog;
        this.permissions = Permissions.of(catalog);
        this.own = session -> ownAndBelow(session, people);
        this.attributes = Map.of(Permissions.SUBORDINATES, new RowFilter.UserAttribute(
                ExpressionType.list(ExpressionType.reference(Catalog.USER)), people::below));
        for (ObjectDefinition object : catalog.objects()) {
            concerned.put(object.name(), concerned(object, new HashSet<>()));
        }
    }

    private static List<Object> ownAndBelow(Session session, People people) {
        UUID user = session.userId();
        var all = new ArrayList<Object>(people.below(session));
        if (user != null) {
            all.add(user);
        }
        return all;
    }

    /** An object with those of somebody's sets that concern it. */
    private record Combination(String object, Set<String> sets) {}

    /** Rights on an object, and the constants that its filters compare with. */
    record OnObject(HeldRights rights, Map<ConditionFilters.Slot, List<Object>> constants) {}

    /** What a session may do with an object. */
    public HeldRights on(ObjectDefinition object, Session session) {
        return unlimited(session) ? HeldRights.ALL : holder(session).on(object).rights();
    }

    /** Equal for sessions whose statements are the same. */
    public Object shape(Session session) {
        return unlimited(session) ? HeldRights.ALL : holder(session).shape();
    }

    /** The sets that a session holds, inherited ones among them. */
    public Set<String> held(Session session) {
        return holder(session).held;
    }

    /** Whether no permission binds the session: the platform's own work, and platform administrators. */
    public static boolean unlimited(Session session) {
        return session.isSystem() || session.platformAdministrator();
    }

    /** The records of which a condition holds. */
    public RowFilter filter(Condition condition) {
        CompiledExpression expression = condition.expression();
        return expression == null ? RowFilter.NOTHING : new RowFilter.Matching(expression, attributes);
    }

    /** The records that sharing alone leaves open to whoever is granted an operation without conditions. */
    public RowFilter open(ObjectDefinition object, Operation operation, Session session) {
        Set<String> held = held(session);
        ObjectPermissions of = permissions.of(object);
        return rows(object, of, held(of, held), held, new HashSet<>(),
                new ConditionFilters(this, object.name(), attributes))
                .open(operation);
    }

    List<Object> constants(ConditionFilters.Slot slot, Session session) {
        return Objects.requireNonNull(holder(session).constants.get(slot));
    }

    /** To whom a session's user belongs in shares, as these are {@linkplain Grantee#written written}. */
    public List<Object> grantees(Session session) {
        List<Object> roles = holder(session).grantees;
        UUID user = session.userId();
        if (user == null) {
            return roles;
        }
        var grantees = new ArrayList<>(roles);
        grantees.add(new Grantee.User(user).written());
        return grantees;
    }

    private Holder holder(Session session) {
        return Objects
                .requireNonNull(holders.get(session.roles(), roles -> new Holder(permissions.roles().held(roles))));
    }

    /** Somebody who holds some sets; what requests ask of them again and again is kept. */
    private final class Holder {

        private final Set<String> held;
        private final List<Object> grantees;
        private final Object shape;
        private final Map<ConditionFilters.Slot, List<Object>> constants = new HashMap<>();
        private final Map<String, OnObject> asked = new ConcurrentHashMap<>();

        Holder(Set<String> held) {
            this.held = Collections.unmodifiableSet(held);
            this.grantees = held.stream().<Object>map(role -> new Grantee.Role(role).written()).toList();
            var all = new ArrayList<HeldRights>();
            for (ObjectDefinition object : catalog.objects()) {
                OnObject on = Rights.this.on(object, held, new HashSet<>());
                all.add(on.rights());
                constants.putAll(on.constants());
            }
            this.shape = Objects.requireNonNull(shapes.computeIfAbsent(List.copyOf(all), _ -> new Object()));
        }

        Object shape() {
            return shape;
        }

        OnObject on(ObjectDefinition object) {
            return Objects.requireNonNull(
                    asked.computeIfAbsent(object.name(), _ -> Rights.this.on(object, held, new HashSet<>())));
        }
    }

    private OnObject on(ObjectDefinition object, Set<String> held, Set<String> within) {
        var sets = new HashSet<>(held);
        sets.retainAll(Objects.requireNonNull(concerned.get(object.name())));
        var combination = new Combination(object.name(), Set.copyOf(sets));
        OnObject found = known.get(combination);
        if (found == null) {
            found = make(object, held, within);
            if (within.isEmpty()) {
                known.put(combination, found);
            }
        }
        return found;
    }

    private OnObject make(ObjectDefinition object, Set<String> given, Set<String> within) {
        ObjectPermissions of = permissions.of(object);
        Set<String> held = held(of, given);
        var conditions = new ConditionFilters(this, object.name(), attributes);
        RowRights rows = rows(object, of, held, given, within, conditions);
        var operations = EnumSet.noneOf(Operation.class);
        for (Operation operation : Operation.values()) {
            if (rows.granted(operation)) {
                operations.add(operation);
            }
        }
        if (operations.isEmpty()) {
            return new OnObject(HeldRights.none(object.fields().keySet()), Map.of());
        }
        var filters = new EnumMap<Operation, RowFilter>(Operation.class);
        for (Operation operation : Operation.values()) {
            if (operations.contains(operation) || rows.ruled(operation)) {
                operations.add(operation);
                filters.put(operation, rows.rows(operation));
            }
        }
        var fields = new FieldRights(of, held, operations);
        var rights = new HeldRights(operations, filters, fields.hidden(), fields.masked(),
                Map.of(Operation.CREATE, fields.locked(Operation.CREATE), Operation.UPDATE,
                        fields.locked(Operation.UPDATE)));
        return new OnObject(rights, conditions.values());
    }

    private RowRights rows(ObjectDefinition object, ObjectPermissions of, Set<String> held, Set<String> given,
            Set<String> within, ConditionFilters conditions) {
        return new RowRights(of, held, conditions, own,
                (parent, operation) -> parent(parent, operation, given, within, object));
    }

    private static Set<String> held(ObjectPermissions of, Set<String> given) {
        var held = new HashSet<>(given);
        int before;
        do {
            before = held.size();
            for (String set : Set.copyOf(held)) {
                held.addAll(of.brings().getOrDefault(set, Set.of()));
            }
        } while (held.size() > before);
        return held;
    }

    /** Parents in a circle open nothing. */
    private RowFilter parent(String name, Operation operation, Set<String> held, Set<String> within,
            ObjectDefinition child) {
        var path = new HashSet<>(within);
        path.add(child.name());
        if (path.contains(name)) {
            return RowFilter.NOTHING;
        }
        ObjectDefinition parent = catalog.object(name).orElseThrow();
        HeldRights rights = on(parent, held, path).rights();
        return operation == Operation.READ
                ? rights.rows(Operation.READ)
                : Filters.all(List.of(rights.rows(Operation.READ), rights.rows(operation)));
    }

    /** All sets by which somebody's rights on the object, or on the parents that control it, may differ. */
    private Set<String> concerned(ObjectDefinition object, Set<String> met) {
        ObjectPermissions of = permissions.of(object);
        Set<String> sets = new HashSet<>(of.mentioned());
        Sharing sharing = of.sharing();
        if (sharing.records() == Sharing.Default.PARENT && met.add(object.name())
                && object.field(Objects.requireNonNull(sharing.parent())).orElseThrow()
                        .type() instanceof FieldType.Reference reference) {
            sets.addAll(concerned(catalog.object(reference.target()).orElseThrow(), met));
        }
        return sets;
    }
}
