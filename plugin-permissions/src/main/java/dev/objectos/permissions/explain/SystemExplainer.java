package dev.objectos.permissions.explain;

import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.definition.SystemGrant;
import dev.objectos.permissions.definition.SystemGrants;
import dev.objectos.permissions.explain.Layer.Verdict;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Authority;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Answers whether somebody has a right beyond records, and by what. */
public final class SystemExplainer {

    private static final String LAYER = "system";

    private SystemExplainer() {}

    /** @param session of whom the question is about */
    public static Explanation explain(SystemPermission permission, Session session, Catalog catalog) {
        boolean allowed = session.may(permission);
        List<Layer> layers = layers(permission, session, catalog);
        return new Explanation(allowed,
                allowed ? "allowed" : "denied: nothing that the user holds grants " + permission.word(), Map.of(),
                layers);
    }

    private static List<Layer> layers(SystemPermission permission, Session session, Catalog catalog) {
        if (session.platformAdministrator()) {
            return List.of(new Layer(LAYER, Verdict.GRANTED, null, null,
                    "The platform's own work and platform administrators may do everything"));
        }
        var layers = new ArrayList<Layer>();
        if (Authority.administers(session.roles())
                && Authority.of(false, session.roles()).may(permission)) {
            layers.add(new Layer(LAYER, Verdict.GRANTED, session.roles().contains("admin") ? "admin" : "owner", null,
                    "Administrators of the organization have it by their role"));
        }
        SystemGrants grants = Permissions.of(catalog).system();
        if (permission.openUntilGranted() && !grants.speaksOf(permission)) {
            layers.add(new Layer(LAYER, Verdict.GRANTED, null, null, "Everybody has it, for no set grants it"));
        }
        Set<String> held = Permissions.of(catalog).roles().held(session.roles());
        boolean counts = !permission.ofInstallation() || session.tenant().equals(Session.DEFAULT_TENANT);
        var others = new TreeSet<String>();
        for (SystemGrant grant : grants.grants()) {
            if (grant.permission() == permission && held.contains(grant.set())) {
                layers.add(new Layer(LAYER, counts ? Verdict.GRANTED : Verdict.DENIED, grant.set(), grant.where(),
                        "The set " + grant.set() + " grants it" + (counts
                                ? ""
                                : ", which counts for nothing here: it is about the whole installation")));
            } else if (grant.permission() == permission) {
                others.add(grant.set());
            }
        }
        if (layers.isEmpty()) {
            layers.add(new Layer(LAYER, Verdict.DENIED, null, null, "None of the sets " + String.join(", ", held)
                    + " grants it"
                    + (others.isEmpty() ? "; no set does" : "; these do: " + String.join(", ", others))));
        }
        return layers;
    }
}
