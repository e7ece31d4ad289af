package dev.objectos.runtime.intake;

import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.UserSessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who wants something to be done later.
 *
 * @param user null: the platform itself
 * @param impersonator who acted as them
 * @param scopes what their credential was limited to; null: nothing
 */
record Asker(UUID tenant, @Nullable UUID user, @Nullable UserIdentity impersonator, @Nullable Set<String> scopes) {

    static Asker of(Session session) {
        return new Asker(session.tenant(), session.userId(), session.impersonator(), session.scopes());
    }

    /** The session that they would have now; empty where they may not sign in any more. */
    Optional<Session> session(Supplier<Optional<UserSessions>> sessions) {
        if (user == null) {
            return Optional.of(Session.system(tenant, Origin.IMPORT));
        }
        return sessions.get().flatMap(known -> known.of(tenant, user.toString()))
                .map(now -> new Session(now.tenant(), now.user(), now.roles(), now.platformAdministrator(),
                        now.locale(), now.zone(), Origin.IMPORT, impersonator, scopes, now.authority()));
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("user", user);
        json.put("scopes", scopes == null ? null : List.copyOf(scopes));
        if (impersonator != null) {
            json.put("impersonator", List.of(impersonator.id().toString(), impersonator.email(), impersonator.name(),
                    impersonator.username()));
        }
        return json;
    }

    static Asker fromJson(UUID tenant, Map<?, ?> json) {
        Object user = json.get("user");
        UserIdentity impersonator = json.get("impersonator") instanceof List<?> parts
                ? new UserIdentity(UUID.fromString((String) parts.get(0)), (String) parts.get(1), (String) parts.get(2),
                        (String) parts.get(3))
                : null;
        Set<String> scopes = json.get("scopes") instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : null;
        return new Asker(tenant, user == null ? null : UUID.fromString(user.toString()), impersonator, scopes);
    }
}
