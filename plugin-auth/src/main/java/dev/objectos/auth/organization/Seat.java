package dev.objectos.auth.organization;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.account.Standing;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.SystemPermission;
import java.util.UUID;

/**
 * Somebody in a tenant, their active one or another.
 *
 * @param standing what they may decide there
 */
record Seat(SignedIn by, Client client, UUID tenant, Standing standing) {

    /** What the rank decides by. */
    Rank rank() {
        return standing.rank();
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever lacks the right there, or not in person */
    Administrator with(SystemPermission right) {
        return new Administrator(by, client, tenant, standing).with(right);
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever does not own it, or not in person */
    Administrator owner() {
        return require(Rank.OWNER, "Only owners of the organization may do this");
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever does not administer the platform, or not in person */
    Administrator platformAdministrator() {
        return require(Rank.PLATFORM_ADMINISTRATOR, "Only platform administrators may do this");
    }

    private Administrator require(Rank least, String refusal) {
        return new Administrator(by, client, tenant, standing).atLeast(least, refusal);
    }

    static PlatformException denied(String message) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, message);
    }
}
