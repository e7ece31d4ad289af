package dev.objectos.auth.administration;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.scope.Scopes;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who administers the tenant in which they are.
 *
 * @param rank what they may decide there
 */
public record Administrator(SignedIn by, Client client, UUID tenant, Rank rank) {

    /**
     * Who the request comes from, if they administer.
     *
     * @throws PlatformException {@code UNAUTHENTICATED}; {@code PERMISSION_DENIED} for everybody else, for an administrator who acts
     *         as somebody, and for a credential of limited use that is not good for {@value Scopes#ADMINISTRATION}
     */
    public static Administrator of(HttpServletRequest request) {
        SignedIn by = SignedIn.of(request);
        Session session = by.session();
        return new Administrator(by, Client.of(request), session.tenant(), rank(session)).atLeast(Rank.ADMINISTRATOR,
                "Only administrators of the organization may do this");
    }

    /**
     * The same, for what takes a rank of its own.
     *
     * @param refusal what is said to whoever ranks lower
     * @throws PlatformException {@code PERMISSION_DENIED} as above
     */
    public Administrator atLeast(Rank least, String refusal) {
        Session session = by.session();
        if (rank.compareTo(least) < 0) {
            throw denied(refusal);
        }
        if (session.impersonator() != null) {
            throw denied("Stop acting as somebody else first, at /api/auth/admin/stop-impersonating");
        }
        Scopes.of(session).require(Scopes.ADMINISTRATION);
        return this;
    }

    /** What a session may decide about the members of its tenant. */
    public static Rank rank(Session session) {
        return session.platformAdministrator() ? Rank.PLATFORM_ADMINISTRATOR : Rank.of(session.roles());
    }

    /** Whether it is the administrator's own account. */
    boolean is(Member member) {
        return by.account().id().equals(member.account().id());
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} where they may not give, or take away, all of the roles */
    public void requireGrantable(Set<String> roles) {
        if (!rank.mayGrant(roles)) {
            throw denied("Only owners may make owners");
        }
    }

    static PlatformException denied(String message) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, message);
    }
}
