package dev.objectos.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares groups by their short or their full name; neither minds letter case. */
final class GroupNames {

    private GroupNames() {}

    /** One form for whatever names the same group. */
    static String normal(String nameOrDn) {
        if (nameOrDn.indexOf('=') > 0) {
            try {
                return DN.normalize(nameOrDn);
            } catch (LDAPException _) {
                // A short name may hold any character.
            }
        }
        return nameOrDn.strip().toLowerCase(Locale.ROOT);
    }

    /** Both names of the group with that DN. */
    static Set<String> of(String dn) {
        var names = new HashSet<String>();
        names.add(normal(dn));
        try {
            RDN first = new DN(dn).getRDN();
            if (first != null) {
                names.add(normal(first.getAttributeValues()[0]));
            }
        } catch (LDAPException _) {
            // Not a DN, and so its only name.
        }
        return names;
    }

    /** The roles that these groups give. */
    static Set<String> roles(Map<String, Set<String>> byGroup, Set<String> groups) {
        var roles = new HashSet<String>();
        byGroup.forEach((group, given) -> {
            if (groups.contains(normal(group))) {
                roles.addAll(given);
            }
        });
        return roles;
    }
}
