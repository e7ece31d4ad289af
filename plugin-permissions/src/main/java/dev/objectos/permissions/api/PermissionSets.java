package dev.objectos.permissions.api;

import dev.objectos.permissions.definition.Grant;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.definition.Unlimited;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.session.SystemPermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The permission sets of one catalog, each with what it grants on every object. */
final class PermissionSets {

    private final Map<String, PermissionSet> sets = new TreeMap<>();

    private PermissionSets(Catalog catalog) {
        Permissions permissions = Permissions.of(catalog);
        permissions.roles().written().keySet().forEach(name -> set(permissions, name));
        permissions.system().sets().keySet().forEach(name -> set(permissions, name));
        for (ObjectPermissions object : permissions.objects()) {
            object.sets().forEach((name, where) -> set(permissions, name).objects().add(granted(object, name, where)));
        }
    }

    static PermissionSets of(Catalog catalog) {
        return catalog.derive(PermissionSets.class, PermissionSets::new);
    }

    /**
     * A name that people hold.
     *
     * @param brings the other sets that it brings along
     * @param systemPermissions what it grants beyond records by itself
     * @param assignableRoles the roles that its holders may give, as far as they hold them; null: it does not say
     */
    record PermissionSet(String name, Set<String> brings, Set<SystemPermission> systemPermissions,
            @Nullable Set<String> assignableRoles, List<OnObject> objects) {}

    /**
     * What a set grants on one object.
     *
     * @param operations true where it is granted outright, false where a condition decides
     */
    record OnObject(String object, Map<Operation, Boolean> operations, boolean viewAll, boolean modifyAll,
            SourceLocation where) {}

    Collection<PermissionSet> all() {
        return Collections.unmodifiableCollection(sets.values());
    }

    Optional<PermissionSet> named(String name) {
        return Optional.ofNullable(sets.get(name));
    }

    private PermissionSet set(Permissions permissions, String name) {
        return sets.computeIfAbsent(name, _ -> {
            Set<String> brings = permissions.roles().held(List.of(name));
            brings.remove(name);
            return new PermissionSet(name, brings, permissions.system().of(name),
                    permissions.system().assignable().get(name), new ArrayList<>());
        });
    }

    private static OnObject granted(ObjectPermissions object, String set, SourceLocation where) {
        var operations = new EnumMap<Operation, Boolean>(Operation.class);
        for (Grant grant : object.grants()) {
            if (grant.set().equals(set)) {
                operations.merge(grant.operation(), grant.condition() == null, Boolean::logicalOr);
            }
        }
        List<Unlimited> unlimited = object.unlimited().stream().filter(one -> one.set().equals(set)).toList();
        return new OnObject(object.object().name(), operations, !unlimited.isEmpty(),
                unlimited.stream().anyMatch(Unlimited::modify), where);
    }
}
