package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that all files together say about one object.
 *
 * @param sets the sets that say something about the object, and where
 * @param brings what a set brings along for this object alone
 * @param rules by falling priority, restrictions first among equals
 */
public record ObjectPermissions(ObjectDefinition object, Map<String, SourceLocation> sets,
        Map<String, Set<String>> brings, List<Grant> grants, List<Unlimited> unlimited,
        List<FieldRestriction> restrictions, List<Mask> masks, List<RecordRule> rules, Sharing sharing,
        List<SharingRule> sharingRules, List<RowSecurity> rowSecurity, Map<String, ActionPermission> actions) {

    public ObjectPermissions {
        sets = Map.copyOf(sets);
        brings = Map.copyOf(brings);
        grants = List.copyOf(grants);
        unlimited = List.copyOf(unlimited);
        restrictions = List.copyOf(restrictions);
        masks = List.copyOf(masks);
        rules = List.copyOf(rules);
        sharingRules = List.copyOf(sharingRules);
        rowSecurity = List.copyOf(rowSecurity);
        actions = Map.copyOf(actions);
    }

    /**
     * What single records may be opened for by people: as the manual sharing rules say, or everything where records are not
     * open to all from the start.
     */
    public Set<Operation> sharedByHand() {
        var operations = EnumSet.noneOf(Operation.class);
        List<SharingRule> manual = sharingRules.stream().filter(SharingRule::manual).toList();
        manual.forEach(rule -> operations.addAll(rule.operations()));
        if (manual.isEmpty() && (sharing.records() == Sharing.Default.PRIVATE
                || sharing.records() == Sharing.Default.READ)) {
            operations.addAll(List.of(Operation.READ, Operation.UPDATE, Operation.DELETE));
        }
        return operations;
    }

    /** The fields whose values are kept from some who may read records, be it by a mask. */
    public Set<String> guarded() {
        var fields = new HashSet<String>();
        restrictions.stream().filter(one -> one.operation() == Operation.READ).forEach(one -> fields.add(one.field()));
        masks.forEach(mask -> fields.add(mask.field()));
        return fields;
    }

    /** The sets that it names anywhere: rights on the object differ by them alone. */
    public Set<String> mentioned() {
        var all = new HashSet<>(sets.keySet());
        brings.values().forEach(all::addAll);
        grants.forEach(grant -> all.add(grant.set()));
        unlimited.forEach(one -> all.add(one.set()));
        restrictions.forEach(one -> all.addAll(one.sets()));
        masks.stream().map(Mask::visibleTo).filter(Objects::nonNull).forEach(all::addAll);
        rules.stream().map(RecordRule::sets).filter(Objects::nonNull).forEach(all::addAll);
        sharingRules.forEach(rule -> all.addAll(rule.sets()));
        rowSecurity.forEach(one -> one.exemptions().forEach(exemption -> all.addAll(exemption.sets())));
        return all;
    }
}
