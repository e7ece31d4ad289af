package dev.objectos.auth.scim;

import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Roles;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Roles as an identity provider names them. It may know some that are not in the metadata yet: they are taken, give nothing, and are
 * told of in the log, in the audit trail, and by {@code _roles}.
 */
final class ScimRoles {

    private static final Logger LOG = LoggerFactory.getLogger(ScimRoles.class);

    private final KnownRoles known;
    private final SecurityEvents events;

    ScimRoles(KnownRoles known, SecurityEvents events) {
        this.known = known;
        this.events = events;
    }

    /** By the same rules for names as everywhere. */
    Set<String> taken(Administrator by, Set<String> named) {
        Set<String> roles = Roles.required(JsonMapper.shared().valueToTree(named));
        for (String role : new TreeSet<>(known.unknown(roles))) {
            LOG.warn("SCIM gives people of the tenant {} the role {}, which nothing in the metadata names", by.tenant(),
                    role);
            events.emit("role.unknown", by.by(), by.client(), Map.of("role", role, "by", "scim"));
        }
        return roles;
    }
}
