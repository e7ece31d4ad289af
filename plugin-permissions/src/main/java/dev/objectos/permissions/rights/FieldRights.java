package dev.objectos.permissions.rights;

import dev.objectos.permissions.definition.FieldRestriction;
import dev.objectos.permissions.definition.Grant;
import dev.objectos.permissions.definition.Mask;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Unlimited;
import dev.objectos.runtime.spi.Masking;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields the holder of some sets may see and write. */
final class FieldRights {

    private final ObjectPermissions permissions;
    private final Set<String> held;
    private final boolean updates;

    /** @param operations what the holder may do with some records */
    FieldRights(ObjectPermissions permissions, Set<String> held, Set<Operation> operations) {
        this.permissions = permissions;
        this.held = held;
        this.updates = operations.contains(Operation.UPDATE);
    }

    Set<String> hidden() {
        return closed(Operation.READ);
    }

    /** Masked by the first mask that binds; of several about one field the others do not matter. */
    Map<String, Masking> masked() {
        Set<String> unwritable = closed(Operation.UPDATE);
        var masked = new LinkedHashMap<String, Masking>();
        for (Mask mask : permissions.masks()) {
            Set<String> sets = mask.visibleTo();
            boolean seen = sets == null
                    ? updates && !unwritable.contains(mask.field())
                    : sets.stream().anyMatch(held::contains);
            if (!seen) {
                masked.putIfAbsent(mask.field(), mask.masking());
            }
        }
        return masked;
    }

    /** What such a change may not write, masked fields among it. */
    Set<String> locked(Operation operation) {
        Set<String> locked = new HashSet<>(closed(operation));
        locked.addAll(masked().keySet());
        return locked;
    }

    /** The fields that the operation may not touch: one restriction is enough, of sets' own words all that grant it. */
    private Set<String> closed(Operation operation) {
        Set<String> granting = granting(operation);
        var closed = new HashSet<String>();
        var byField = permissions.restrictions().stream().filter(one -> one.operation() == operation)
                .collect(Collectors.groupingBy(FieldRestriction::field));
        byField.forEach((field, restrictions) -> {
            boolean forbidden = restrictions.stream().anyMatch(one -> one.set() == null && !passes(one));
            Set<String> against = restrictions.stream().filter(one -> one.set() != null && !passes(one))
                    .map(FieldRestriction::set).collect(Collectors.toSet());
            if (forbidden || !granting.isEmpty() && against.containsAll(granting)) {
                closed.add(field);
            }
        });
        return closed;
    }

    private boolean passes(FieldRestriction restriction) {
        return restriction.sets().stream().anyMatch(held::contains);
    }

    private Set<String> granting(Operation operation) {
        var sets = permissions.grants().stream().filter(grant -> grant.operation() == operation).map(Grant::set)
                .filter(held::contains).collect(Collectors.toCollection(HashSet::new));
        permissions.unlimited().stream().filter(one -> one.gives(operation)).map(Unlimited::set)
                .filter(held::contains).forEach(sets::add);
        return sets;
    }
}
