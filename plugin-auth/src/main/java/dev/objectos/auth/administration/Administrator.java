package dev.objectos.auth.administration;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.account.Standing;
import dev.objectos.auth.scope.Scopes;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Somebody who administers the tenant in which they are, or some part of it.
 *
 * @param standing what they may decide there
 */
public record Administrator(SignedIn by, Client client, UUID tenant, Standing standing) {

    private static final String REFUSAL = "Only administrators of the organization may do this";

    /**
     * Who the request comes from, if they have a right that permission sets grant; over whom it goes is asked for each member.
     *
     * @throws PlatformException {@code UNAUTHENTICATED}; {@code PERMISSION_DENIED} for everybody else, for an administrator who acts
     *         as somebody, and for a credential of limited use that is not good for {@value Scopes#ADMINISTRATION}
     */
    public static Administrator of(HttpServletRequest request, SystemPermission right) {
        SignedIn by = SignedIn.of(request);
        Session session = by.session();
        return new Administrator(by, Client.of(request), session.tenant(), standing(session)).with(right);
    }

    /** What the rank decides by. */
    public Rank rank() {
        return standing.rank();
    }

    /**
     * The same, for what takes a right.
     *
     * @throws PlatformException {@code PERMISSION_DENIED} for whoever lacks it, and as above
     */
    public Administrator with(SystemPermission right) {
        if (!standing.authority().may(right)) {
            throw denied(REFUSAL).with("systemPermission", right.word());
        }
        return inPerson();
    }

    /**
     * The same, for what takes a rank of its own.
     *
     * @param refusal what is said to whoever ranks lower
     * @throws PlatformException {@code PERMISSION_DENIED} as above
     */
    public Administrator atLeast(Rank least, String refusal) {
        if (rank().compareTo(least) < 0) {
            throw denied(refusal);
        }
        return inPerson();
    }

    private Administrator inPerson() {
        Session session = by.session();
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

    private static Standing standing(Session session) {
        return new Standing(rank(session), session.authority());
    }

    /** Whether a session may change, shut out or act as somebody. */
    public static boolean mayTouch(Session session, Rank other, Set<String> roles) {
        return standing(session).mayTouch(other, roles);
    }

    /** Whether they may decide about a member other than themselves. */
    boolean mayTouch(Member member) {
        return standing.mayTouch(member.rank(), member.membership().roles());
    }

    /** Whether it is the administrator's own account. */
    boolean is(Member member) {
        return by.account().id().equals(member.account().id());
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} where they may not give, or take away, all of the roles */
    public void requireGrantable(Set<String> roles) {
        if (!standing.mayGrant(roles)) {
            throw denied(Rank.of(roles) == Rank.OWNER
                    ? "Only owners may make owners"
                    : "You may not give or take away " + String.join(", ", new TreeSet<>(roles))
                            + ": it is more than you have, or than you are to decide about");
        }
    }

    static PlatformException denied(String message) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, message);
    }
}
