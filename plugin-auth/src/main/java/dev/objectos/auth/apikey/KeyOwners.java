package dev.objectos.auth.apikey;

import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;

/** Whose keys somebody may see, make and take away: their own, and as an administrator those of others. */
public final class KeyOwners {

    private final ServiceAccounts services;
    private final AccountRepository accounts;
    private final MembershipRepository memberships;

    public KeyOwners(ServiceAccounts services, AccountRepository accounts, MembershipRepository memberships) {
        this.services = services;
        this.accounts = accounts;
        this.memberships = memberships;
    }

    /**
     * The account of a service, for whose keys the administrator who asks is to decide.
     *
     * @param userId its record in the tenant's user object
     */
    UUID service(String userId, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_API_KEYS);
        ServiceAccount service = FieldValues.id(userId).flatMap(user -> services.find(user, by.tenant()))
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There is no such service account; people make their keys themselves"));
        by.requireGrantable(service.roles());
        return service.account();
    }

    /**
     * The account of oneself, or of another member for an administrator.
     *
     * @param userId their record in the tenant's user object
     */
    UUID member(String userId, HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        if (!userId.equals(String.valueOf(self.session().userId()))) {
            Administrator.of(request, SystemPermission.MANAGE_API_KEYS);
        }
        return FieldValues.id(userId)
                .flatMap(user -> memberships.findByTenantIdAndUserId(self.session().tenant(), user))
                .map(Membership::accountId)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such member"));
    }

    /** Whether somebody may know of a key in their tenant and take it away. */
    boolean reaches(SignedIn self, ApiKey key) {
        if (key.account().equals(self.account().id())) {
            return true;
        }
        var membership = new Membership.Key(key.account(), key.tenant());
        Membership member = memberships.findById(membership).orElse(null);
        Rank owner = accounts.findById(key.account()).map(account -> Rank.of(account, member)).orElse(Rank.MEMBER);
        return self.session().may(SystemPermission.MANAGE_API_KEYS)
                && Administrator.mayTouch(self.session(), owner, member == null ? Set.of() : member.roles());
    }

    /** An account's record in the tenant's user object. */
    UUID user(UUID account, UUID tenant) {
        return memberships.findById(new Membership.Key(account, tenant)).map(Membership::userId).orElse(account);
    }
}
