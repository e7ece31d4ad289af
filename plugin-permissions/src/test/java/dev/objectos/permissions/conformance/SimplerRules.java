package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.Exemption;
import dev.objectos.permissions.conformance.ObjectRules.FieldRules;
import dev.objectos.permissions.conformance.ObjectRules.Grant;
import dev.objectos.permissions.conformance.ObjectRules.RecordRule;
import dev.objectos.permissions.conformance.ObjectRules.RowSecurity;
import dev.objectos.permissions.conformance.ObjectRules.SetRules;
import dev.objectos.permissions.conformance.ObjectRules.SharingRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules with one thing less, so that of a case that shows a difference little remains. */
final class SimplerRules {

    private SimplerRules() {}

    /** The larger omissions first. */
    static List<Rules> of(Rules rules) {
        var simpler = new ArrayList<Rules>();
        rules.objects().forEach((object, of) -> {
            if (!of.equals(ObjectRules.NONE)) {
                simpler.add(rules.with(object, ObjectRules.NONE));
                of(of).forEach(less -> simpler.add(rules.with(object, less)));
            }
        });
        return simpler;
    }

    private static List<ObjectRules> of(ObjectRules of) {
        var simpler = new ArrayList<ObjectRules>();
        if (of.rowSecurity() != null) {
            simpler.add(rowSecurity(of, null));
            of(of.rowSecurity()).forEach(less -> simpler.add(rowSecurity(of, less)));
        }
        if (of.sharing() != null) {
            simpler.add(new ObjectRules(of.sets(), of.objectPermissions(), of.roles(), of.fields(), of.recordRules(),
                    null, of.sharingRules(), of.rowSecurity(), of.separate()));
        }
        shorter(of.sharingRules(), SimplerRules::of).forEach(less -> simpler.add(new ObjectRules(of.sets(),
                of.objectPermissions(), of.roles(), of.fields(), of.recordRules(), of.sharing(), less,
                of.rowSecurity(), of.separate())));
        shorter(of.recordRules(), SimplerRules::of).forEach(less -> simpler.add(new ObjectRules(of.sets(),
                of.objectPermissions(), of.roles(), of.fields(), less, of.sharing(), of.sharingRules(),
                of.rowSecurity(), of.separate())));
        smaller(of.roles(), _ -> Stream.empty()).forEach(less -> simpler.add(new ObjectRules(of.sets(),
                of.objectPermissions(), less, of.fields(), of.recordRules(), of.sharing(), of.sharingRules(),
                of.rowSecurity(), of.separate())));
        smaller(of.objectPermissions(), _ -> Stream.empty()).forEach(less -> simpler.add(new ObjectRules(of.sets(),
                less, of.roles(), of.fields(), of.recordRules(), of.sharing(), of.sharingRules(), of.rowSecurity(),
                of.separate())));
        smaller(of.sets(), SimplerRules::of).forEach(less -> simpler.add(new ObjectRules(less,
                of.objectPermissions(), of.roles(), of.fields(), of.recordRules(), of.sharing(), of.sharingRules(),
                of.rowSecurity(), of.separate())));
        smaller(of.fields(), SimplerRules::of).forEach(less -> simpler.add(new ObjectRules(of.sets(),
                of.objectPermissions(), of.roles(), less, of.recordRules(), of.sharing(), of.sharingRules(),
                of.rowSecurity(), of.separate())));
        return simpler;
    }

    private static ObjectRules rowSecurity(ObjectRules of, @Nullable RowSecurity security) {
        return new ObjectRules(of.sets(), of.objectPermissions(), of.roles(), of.fields(), of.recordRules(),
                of.sharing(), of.sharingRules(), security, of.separate());
    }

    private static Stream<RowSecurity> of(RowSecurity security) {
        Stream<RowSecurity> conditions = of(security.defaultRule())
                .map(less -> new RowSecurity(security.enabled(), less, security.exceptions(), security.cel()));
        Stream<RowSecurity> exceptions = shorter(security.exceptions(), SimplerRules::of)
                .map(less -> new RowSecurity(security.enabled(), security.defaultRule(), less, security.cel()));
        return Stream.concat(exceptions, conditions);
    }

    private static Stream<Exemption> of(Exemption exemption) {
        Condition condition = exemption.condition();
        return condition == null ? Stream.empty() : of(condition).map(less -> new Exemption(exemption.set(), less));
    }

    private static Stream<SharingRule> of(SharingRule rule) {
        return of(rule.condition()).map(less -> new SharingRule(rule.name(), less, rule.roles(), rule.users(),
                rule.access(), rule.permissions(), rule.cel()));
    }

    private static Stream<RecordRule> of(RecordRule rule) {
        Stream<RecordRule> permissions = rule.permissions().size() < 2
                ? Stream.empty()
                : smaller(rule.permissions(), _ -> Stream.empty()).map(less -> new RecordRule(rule.name(),
                        rule.priority(), rule.roles(), rule.operations(), less, rule.condition(), rule.cel()));
        return Stream.concat(permissions, of(rule.condition()).map(less -> new RecordRule(rule.name(),
                rule.priority(), rule.roles(), rule.operations(), rule.permissions(), less, rule.cel())));
    }

    private static Stream<SetRules> of(SetRules set) {
        var simpler = new ArrayList<SetRules>();
        if (set.viewAll() || set.modifyAll() || !set.inherits().isEmpty()) {
            simpler.add(new SetRules(set.grants(), false, set.modifyAll(), set.inherits(), set.fields()));
            simpler.add(new SetRules(set.grants(), set.viewAll(), false, set.inherits(), set.fields()));
            simpler.add(new SetRules(set.grants(), set.viewAll(), set.modifyAll(), List.of(), set.fields()));
        }
        smaller(set.grants(), SimplerRules::of).forEach(less -> simpler
                .add(new SetRules(less, set.viewAll(), set.modifyAll(), set.inherits(), set.fields())));
        smaller(set.fields(), _ -> Stream.empty()).forEach(less -> simpler
                .add(new SetRules(set.grants(), set.viewAll(), set.modifyAll(), set.inherits(), less)));
        return simpler.stream().filter(less -> !less.equals(set));
    }

    private static Stream<Grant> of(Grant grant) {
        return grant.conditions().isEmpty() ? Stream.empty() : Stream.of(new Grant(true, List.of()));
    }

    private static Stream<FieldRules> of(FieldRules field) {
        return Stream.of(
                new FieldRules(null, field.editableBy(), field.read(), field.update(), field.create(), field.mask()),
                new FieldRules(field.visibleTo(), null, field.read(), field.update(), field.create(), field.mask()),
                new FieldRules(field.visibleTo(), field.editableBy(), null, field.update(), field.create(),
                        field.mask()),
                new FieldRules(field.visibleTo(), field.editableBy(), field.read(), null, null, field.mask()),
                new FieldRules(field.visibleTo(), field.editableBy(), field.read(), field.update(), field.create(),
                        null))
                .filter(less -> !less.equals(field));
    }

    private static Stream<Condition> of(Condition condition) {
        return switch (condition) {
            case Condition.All(List<Condition> all) -> all.stream();
            case Condition.Any(List<Condition> any) -> any.stream();
            case Condition.Through(String lookup, Condition inner) ->
                of(inner).map(less -> new Condition.Through(lookup, less));
            case Condition.Compare _ -> Stream.empty();
        };
    }

    private static <T> Stream<List<T>> shorter(List<T> list, Function<T, Stream<T>> inner) {
        var shorter = new ArrayList<List<T>>();
        for (int i = 0; i < list.size(); i++) {
            int at = i;
            var without = new ArrayList<>(list);
            without.remove(at);
            shorter.add(without);
            inner.apply(list.get(at)).forEach(less -> {
                var changed = new ArrayList<>(list);
                changed.set(at, less);
                shorter.add(changed);
            });
        }
        return shorter.stream();
    }

    private static <K, V> Stream<Map<K, V>> smaller(Map<K, V> map, Function<V, Stream<V>> inner) {
        var smaller = new ArrayList<Map<K, V>>();
        map.forEach((key, value) -> {
            var without = new LinkedHashMap<>(map);
            without.remove(key);
            smaller.add(without);
            inner.apply(value).forEach(less -> {
                var changed = new LinkedHashMap<>(map);
                changed.put(key, less);
                smaller.add(changed);
            });
        });
        return smaller.stream();
    }
}
