package dev.objectos.runtime.session;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is acting, in which tenant. Established once, by the security filter, a job or a trigger, and passed on explicitly;
 * there is no code path without one.
 *
 * @param tenant whose records are seen
 * @param user the acting user's record id in that tenant; null for system work that nobody asked for
 * @param roles names of permission sets granted to the user
 * @param platformAdministrator may write global objects and manage the platform
 * @param locale for labels and messages
 * @param zone in which {@code today} and date macros are meant
 * @param origin through which door the action came
 * @param impersonator the administrator who acts as the user; null: the user in person
 * @param scopes what the session's credential is limited to; null: whatever the user may do
 * @param authority what the user may do beyond records
 */
public record Session(UUID tenant, @Nullable UserIdentity user, Set<String> roles, boolean platformAdministrator,
        Locale locale, ZoneId zone, Origin origin, @Nullable UserIdentity impersonator, @Nullable Set<String> scopes,
        Authority authority) {

    /** The tenant that exists from the first start. */
    public static final UUID DEFAULT_TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");

    /** The session of the request under way, for code that cannot be handed it. */
    public static final ScopedValue<Session> CURRENT = ScopedValue.newInstance();

    public Session {
        roles = Set.copyOf(roles);
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }

    /** A session whose user may do beyond records what roles give by their names alone. */
    public Session(UUID tenant, @Nullable UserIdentity user, Set<String> roles, boolean platformAdministrator,
            Locale locale, ZoneId zone, Origin origin, @Nullable UserIdentity impersonator,
            @Nullable Set<String> scopes) {
        this(tenant, user, roles, platformAdministrator, locale, zone, origin, impersonator, scopes,
                Authority.of(platformAdministrator, roles));
    }

    /** The same of somebody in person, who may use all of their rights. */
    public Session(UUID tenant, @Nullable UserIdentity user, Set<String> roles, boolean platformAdministrator,
            Locale locale, ZoneId zone, Origin origin) {
        this(tenant, user, roles, platformAdministrator, locale, zone, origin, null, null);
    }

    /** Work that the platform does by itself in a tenant: every right, no user. */
    public static Session system(UUID tenant, Origin origin) {
        return new Session(tenant, null, Set.of(), true, Locale.ENGLISH, ZoneOffset.UTC, origin);
    }

    /** The same session with all of its user's rights, whatever its credential is limited to. */
    public Session withoutScopes() {
        return scopes == null
                ? this
                : new Session(tenant, user, roles, platformAdministrator, locale, zone, origin, impersonator, null,
                        authority);
    }

    /** The same session, coming through another door. */
    public Session through(Origin other) {
        return new Session(tenant, user, roles, platformAdministrator, locale, zone, other, impersonator, scopes,
                authority);
    }

    /** The same session, told things in another language. */
    public Session speaking(Locale other) {
        return other.equals(locale)
                ? this
                : new Session(tenant, user, roles, platformAdministrator, other, zone, origin, impersonator, scopes,
                        authority);
    }

    /** The same session, whose days begin and end elsewhere. */
    public Session within(ZoneId other) {
        return new Session(tenant, user, roles, platformAdministrator, locale, other, origin, impersonator, scopes,
                authority);
    }

    public @Nullable UUID userId() {
        return user == null ? null : user.id();
    }

    /**
     * Lets platform administrators pass.
     *
     * @param refusal what everybody else is told
     * @throws PlatformException {@code PERMISSION_DENIED}
     */
    public void requirePlatformAdministrator(String refusal) {
        if (!platformAdministrator) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, refusal);
        }
    }

    /** Whether its user has a right beyond records. */
    public boolean may(SystemPermission permission) {
        return authority.may(permission);
    }

    /**
     * Lets those pass who have a right beyond records.
     *
     * @param refusal what everybody else is told
     * @throws PlatformException {@code PERMISSION_DENIED}, naming the right
     */
    public void require(SystemPermission permission, String refusal) {
        if (!may(permission)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, refusal).with("systemPermission",
                    permission.word());
        }
    }

    /** Whether it administers its tenant: by a role there, or the whole platform. */
    public boolean administers() {
        return platformAdministrator || Authority.administers(roles);
    }

    /** Whether this is the platform's own work rather than a person's. */
    public boolean isSystem() {
        return user == null;
    }
}
