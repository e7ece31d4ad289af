package dev.objectos.permissions.definition;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What everything in one catalog says about who may do what. */
public final class Permissions {

    /** The metadata type of permission files. */
    public static final String TYPE = "permission";

    /** The attribute of {@code currentUser} that conditions may use beside those of every session. */
    public static final String SUBORDINATES = "subordinates";

    /** What a set may say without an object. */
    private static final Set<String> BEYOND_RECORDS = Set.of("name", "label", "description",
            "system_permissions", "assignable_roles", "ai_context");

    private final Map<String, ObjectPermissions> objects = new LinkedHashMap<>();
    private final Roles roles = new Roles();
    private final SystemGrants system = new SystemGrants();
    private final List<ViewPermission> views = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private Permissions(Catalog catalog) {
        var readers = new LinkedHashMap<String, PermissionReader>();
        for (ObjectDefinition object : catalog.objects()) {
            readers.put(object.name(), new PermissionReader(catalog, object));
        }
        for (MetadataItem item : catalog.items(TYPE)) {
            var problems = new ItemProblems(item);
            ItemPart written = ItemPart.all(item).get("roles");
            if (written != null) {
                roles.add(written);
            }
            system.add(item);
            PermissionReader reader = item.object() == null ? null : readers.get(item.object());
            if (reader != null) {
                reader.add(item, problems);
            } else if (aboutRecords(ItemPart.all(item))) {
                problems.error(item.where("permission_sets"), "the sets say of no object what they permit",
                        "add object:");
            }
            ItemPart.all(item).entries("view_permissions").forEach((name, content) -> {
                var view = ViewPermission.read(name, content, item.object());
                if (ViewPermission.TYPES.stream().flatMap(type -> catalog.items(type).stream())
                        .noneMatch(view::concerns)) {
                    problems.warning(view.where(), "there is no app, view, form, report, chart, page or menu '" + name
                            + "'" + (item.object() == null ? "" : " of " + item.object()),
                            "add it, or correct the name");
                }
                views.add(view);
            });
            violations.addAll(problems.found());
        }
        readers.forEach((name, reader) -> objects.put(name, reader.read()));
    }

    public static Permissions of(Catalog catalog) {
        return catalog.derive(Permissions.class, Permissions::new);
    }

    /** What is said about an object; empty grants where nothing is. */
    public ObjectPermissions of(ObjectDefinition object) {
        ObjectPermissions found = objects.get(object.name());
        if (found == null) {
            throw new IllegalArgumentException("another catalog has " + object.name());
        }
        return found;
    }

    public Collection<ObjectPermissions> objects() {
        return Collections.unmodifiableCollection(objects.values());
    }

    /** Whether one of the sets says something that needs an object. */
    private static boolean aboutRecords(ItemPart file) {
        return file.entries("permission_sets").values().stream().flatMap(set -> set.entries().keySet().stream())
                .anyMatch(key -> !BEYOND_RECORDS.contains(key));
    }

    public Roles roles() {
        return roles;
    }

    /** Every name that files define, or mention, as a role or as a set. */
    public Set<String> names() {
        Set<String> names = roles.held(roles.written().keySet());
        for (ObjectPermissions object : objects.values()) {
            names.addAll(object.mentioned());
            object.actions().values().forEach(action -> names.addAll(action.sets()));
        }
        names.addAll(system.mentioned());
        views.forEach(view -> names.addAll(view.mentioned()));
        return names;
    }

    /** Who sees an app, view, form, report, chart, page or menu; empty: everybody. */
    public List<ViewPermission> views(MetadataItem item) {
        return views.stream().filter(view -> view.concerns(item)).toList();
    }

    /** What is granted beyond records. */
    public SystemGrants system() {
        return system;
    }

    /** What is wrong or doubtful. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }
}
