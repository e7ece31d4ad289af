package dev.objectos.auth.organization;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.scope.Scopes;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import java.util.UUID;

/**
 * Somebody in a tenant, their active one or another.
 *
 * @param rank what they may decide there
 */
record Seat(SignedIn by, Client client, UUID tenant, Rank rank) {

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever does not administer, or not in person */
    Administrator administrator() {
        require(Rank.ADMINISTRATOR, "Only administrators of the organization may do this");
        return new Administrator(by, client, tenant, rank);
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever does not own it, or not in person */
    Administrator owner() {
        require(Rank.OWNER, "Only owners of the organization may do this");
        return new Administrator(by, client, tenant, rank);
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever does not administer the platform, or not in person */
    Administrator platformAdministrator() {
        require(Rank.PLATFORM_ADMINISTRATOR, "Only platform administrators may do this");
        return new Administrator(by, client, tenant, rank);
    }

    private void require(Rank least, String refusal) {
        Session session = by.session();
        if (rank.compareTo(least) < 0) {
            throw denied(refusal);
        }
        if (session.impersonator() != null) {
            throw denied("Stop acting as somebody else first, at /api/auth/admin/stop-impersonating");
        }
        Scopes.of(session).require(Scopes.ADMINISTRATION);
    }

    static PlatformException denied(String message) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, message);
    }
}
