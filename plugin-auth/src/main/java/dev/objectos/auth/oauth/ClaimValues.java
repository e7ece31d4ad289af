package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.runtime.PlatformException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a provider tells of somebody, by the names that the configuration gives it. */
final class ClaimValues {

    private final OAuthProvider provider;
    private final JsonNode claims;

    ClaimValues(OAuthProvider provider, JsonNode claims) {
        this.provider = provider;
        this.claims = claims;
    }

    /** @throws PlatformException {@code PROVIDER_REFUSED} where no subject is told */
    OutsideIdentity identity() {
        OAuthProvider.Claims names = provider.claims();
        String subject = text(names.subject());
        if (subject == null || !OutsideIdentity.acceptable(subject)) {
            throw CodeExchange.refused(provider, "tells no usable " + names.subject());
        }
        return new OutsideIdentity(provider.name(), subject, text(names.email()), emailVerified(), text(names.name()),
                roles());
    }

    boolean tellsEmail() {
        return text(provider.claims().email()) != null;
    }

    private boolean emailVerified() {
        // Some write the truth in quotes.
        return provider.trustEmail() || "true".equals(text(provider.claims().emailVerified()));
    }

    /** Only what somebody has mapped gives rights here, whatever a provider calls its groups. */
    private Set<String> roles() {
        var roles = new HashSet<String>();
        JsonNode groups = at(provider.claims().roles());
        if (groups.isValueNode()) {
            roles.addAll(provider.roles().getOrDefault(groups.asString(""), Set.of()));
        }
        groups.values().forEach(group -> roles.addAll(provider.roles().getOrDefault(group.asString(""), Set.of())));
        return roles;
    }

    private @Nullable String text(String name) {
        JsonNode value = at(name);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    /** A name with dots may be one name, as in addresses, or lead into what a claim holds. */
    private JsonNode at(String name) {
        JsonNode value = claims.path(name);
        if (!value.isMissingNode()) {
            return value;
        }
        value = claims;
        for (String step : name.split("\\.", -1)) {
            value = value.path(step);
        }
        return value;
    }
}
