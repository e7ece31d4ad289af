package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.FieldRules;
import dev.objectos.permissions.conformance.ObjectRules.Grant;
import dev.objectos.permissions.conformance.ObjectRules.RecordRule;
import dev.objectos.permissions.conformance.ObjectRules.Role;
import dev.objectos.permissions.conformance.ObjectRules.RowSecurity;
import dev.objectos.permissions.conformance.ObjectRules.SetRules;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.permissions.conformance.ObjectRules.SharingRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules about one object in few words; each step makes others. */
record TestingRules(Map<String, SetRules> sets, Map<String, List<String>> listed, Map<String, Role> roles,
        Map<String, FieldRules> fields, List<RecordRule> rules, @Nullable Sharing sharing, List<SharingRule> shares,
        @Nullable RowSecurity security) {

    TestingRules() {
        this(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), null, List.of(), null);
    }

    ObjectRules build() {
        return new ObjectRules(sets, listed, roles, fields, rules, sharing, shares, security, false);
    }

    /** A set that grants without conditions. */
    TestingRules set(String name, Operation... operations) {
        var grants = new EnumMap<Operation, Grant>(Operation.class);
        for (Operation operation : operations) {
            grants.put(operation, new Grant(true, List.of()));
        }
        return with(name, grants);
    }

    TestingRules conditional(String name, Operation operation, Condition.Compare condition) {
        return with(name, Map.of(operation, new Grant(true, List.of(condition))));
    }

    private TestingRules with(String name, Map<Operation, Grant> grants) {
        return new TestingRules(with(sets, name, new SetRules(grants, false, false, List.of(), Map.of())), listed,
                roles, fields, rules, sharing, shares, security);
    }

    TestingRules listed(String key, String set) {
        return new TestingRules(sets, with(listed, key, List.of(set)), roles, fields, rules, sharing, shares, security);
    }

    TestingRules role(String name, Role role) {
        return new TestingRules(sets, listed, with(roles, name, role), fields, rules, sharing, shares, security);
    }

    TestingRules field(String name, FieldRules field) {
        return new TestingRules(sets, listed, roles, with(fields, name, field), rules, sharing, shares, security);
    }

    /** A rule for nobody in particular. */
    TestingRules rule(@Nullable Integer priority, boolean grants, Condition condition, Operation... operations) {
        var permissions = new EnumMap<Operation, Boolean>(Operation.class);
        for (Operation operation : operations) {
            permissions.put(operation, grants);
        }
        return new TestingRules(sets, listed, roles, fields, with(rules, new RecordRule("rule" + rules.size(), priority,
                List.of(), List.of(), permissions, condition, true)), sharing, shares, security);
    }

    TestingRules sharing(Sharing other) {
        return new TestingRules(sets, listed, roles, fields, rules, other, shares, security);
    }

    TestingRules share(String set, String access, Condition condition) {
        return new TestingRules(sets, listed, roles, fields, rules, sharing, with(shares,
                new SharingRule("share" + shares.size(), condition, List.of(set), List.of(), access, Map.of(), true)),
                security);
    }

    TestingRules security(RowSecurity other) {
        return new TestingRules(sets, listed, roles, fields, rules, sharing, shares, other);
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static <T> List<T> with(List<T> list, T element) {
        var more = new ArrayList<>(list);
        more.add(element);
        return more;
    }
}
