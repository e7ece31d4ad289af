package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.session.SystemPermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all files together grant beyond records, whatever objects they are about. */
public final class SystemGrants {

    private static final String PERMISSIONS = "system_permissions";
    private static final String ASSIGNABLE = "assignable_roles";

    private final List<SystemGrant> grants = new ArrayList<>();
    private final Map<String, Set<String>> assignable = new LinkedHashMap<>();
    private final Map<String, SourceLocation> sets = new LinkedHashMap<>();

    SystemGrants() {}

    /** @param item a permission file; what stands at its top is granted to the set that is called like the file */
    void add(MetadataItem item) {
        ItemPart all = ItemPart.all(item);
        read(item.name(), all);
        all.entries("roles").forEach(this::read);
        all.entries("permission_sets").forEach(this::read);
    }

    private void read(String set, ItemPart content) {
        if (!content.has(PERMISSIONS) && !content.has(ASSIGNABLE)) {
            return;
        }
        sets.putIfAbsent(set, content.where());
        for (ItemPart word : content.elements(PERMISSIONS)) {
            SystemPermission.named(word.text())
                    .ifPresent(permission -> grants.add(new SystemGrant(set, permission, word.where())));
        }
        if (content.has(ASSIGNABLE)) {
            Set<String> roles = assignable.computeIfAbsent(set, _ -> new LinkedHashSet<>());
            content.elements(ASSIGNABLE).forEach(role -> roles.add(role.text()));
        }
    }

    public List<SystemGrant> grants() {
        return List.copyOf(grants);
    }

    /** The sets that say something here, and where. */
    public Map<String, SourceLocation> sets() {
        return Map.copyOf(sets);
    }

    /** Every name of a set or role that is said something of, or that may be given. */
    Set<String> mentioned() {
        var names = new LinkedHashSet<>(sets.keySet());
        assignable.values().forEach(names::addAll);
        return names;
    }

    /** What a set itself grants. */
    public Set<SystemPermission> of(String set) {
        return of(Set.of(set));
    }

    /** What the holder of some sets is granted. */
    public Set<SystemPermission> of(Set<String> held) {
        var granted = EnumSet.noneOf(SystemPermission.class);
        grants.stream().filter(grant -> held.contains(grant.set())).forEach(grant -> granted.add(grant.permission()));
        return granted;
    }

    /** Whether some set grants it. */
    public boolean speaksOf(SystemPermission permission) {
        return grants.stream().anyMatch(grant -> grant.permission() == permission);
    }

    /** By set, the roles that its holders may give; sets that do not say are not among them. */
    public Map<String, Set<String>> assignable() {
        return Map.copyOf(assignable);
    }
}
