package dev.objectos.permissions;

import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.definition.ViewPermission;
import dev.objectos.permissions.rights.Rights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ItemRights;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shows apps, views, forms, reports, charts, pages and menus to whom {@code view_permissions} name; those without an entry to all. */
public final class PermissionItems implements ItemRights {

    private final RightsByCatalog rights;

    public PermissionItems(RightsByCatalog rights) {
        this.rights = rights;
    }

    @Override
    public Shown of(MetadataItem item, Session session, Catalog catalog) {
        List<ViewPermission> about = Permissions.of(catalog).views(item);
        if (about.isEmpty() || Rights.unlimited(session) || session.may(SystemPermission.MANAGE_METADATA)) {
            return Shown.WHOLE;
        }
        Set<String> held = rights.of(catalog).held(session);
        var withheld = new HashSet<String>();
        for (ViewPermission view : about) {
            Set<String> access = view.access();
            if (access != null && Collections.disjoint(access, held)) {
                return Shown.NOTHING;
            }
            view.fields().forEach((field, sets) -> {
                if (Collections.disjoint(sets, held)) {
                    withheld.add(field);
                }
            });
        }
        return new Shown(true, withheld);
    }
}
