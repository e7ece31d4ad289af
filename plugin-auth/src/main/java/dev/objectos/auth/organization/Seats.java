package dev.objectos.auth.organization;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.account.Standing;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.spi.SystemRights;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says who a request's sender is in the tenant that it is about. */
public final class Seats {

    private final TenantRepository tenants;
    private final MembershipRepository memberships;
    private final SystemRights rights;
    private final Clock clock;

    public Seats(TenantRepository tenants, MembershipRepository memberships, SystemRights rights, Clock clock) {
        this.tenants = tenants;
        this.memberships = memberships;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * The sender's place in a tenant.
     *
     * @param organization id of the tenant; null: the session's own
     * @throws PlatformException {@code RESOURCE_NOT_FOUND} for a tenant that does not exist, and for one that the sender has no
     *         place in
     */
    Seat of(HttpServletRequest request, @Nullable String organization) {
        SignedIn by = SignedIn.of(request);
        UUID active = by.session().tenant();
        if (organization == null || organization.equals(active.toString())) {
            return new Seat(by, Client.of(request), active,
                    new Standing(Administrator.rank(by.session()), by.session().authority()));
        }
        UUID tenant = FieldValues.id(organization).orElseThrow(Organizations::unknown);
        return new Seat(by, Client.of(request), tenant, standing(by, tenant));
    }

    /** The sender's place in a tenant; empty where they have none. */
    Optional<Seat> find(HttpServletRequest request, UUID tenant) {
        try {
            return Optional.of(of(request, tenant.toString()));
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.RESOURCE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Standing standing(SignedIn by, UUID tenant) {
        Tenant wanted = tenants.findById(tenant).orElseThrow(Organizations::unknown);
        // A key, and an administrator who acts as somebody, are good for the tenant that they were given for.
        if (by.login() == null || by.session().impersonator() != null) {
            throw Organizations.unknown();
        }
        if (by.session().platformAdministrator()) {
            return new Standing(Rank.PLATFORM_ADMINISTRATOR, rights.of(tenant, Set.of(), true));
        }
        return memberships.findById(new Membership.Key(by.account().id(), tenant))
                .filter(member -> !wanted.suspended() && counts(member))
                .map(member -> new Standing(Rank.of(member.roles()), rights.of(tenant, member.roles(), false)))
                .orElseThrow(Organizations::unknown);
    }

    private boolean counts(Membership member) {
        return !member.visiting() && !member.bannedAt(clock.instant());
    }

    /** The tenants in which an account may work. */
    List<Tenant> tenantsOf(Account account) {
        return memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account.id()).stream().filter(this::counts)
                .flatMap(member -> tenants.findById(member.tenantId()).stream()).filter(tenant -> !tenant.suspended())
                .toList();
    }
}
