package dev.objectos.auth.registration;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.tenant.TenantSettings.Registration;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Session;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says who may make an account for themselves, and where. */
public final class RegistrationRules {

    private final TenantRepository tenants;

    public RegistrationRules(TenantRepository tenants) {
        this.tenants = tenants;
    }

    /**
     * The tenant that lets an address in.
     *
     * @param organization its short name; null: the one that exists from the first start
     * @throws PlatformException {@code REGISTRATION_CLOSED}, which does not say whether there is such a tenant
     */
    public Tenant require(@Nullable String organization, String email) {
        Optional<Tenant> tenant = organization == null || organization.isBlank()
                ? tenants.findById(Session.DEFAULT_TENANT)
                : tenants.findBySlug(organization.strip()).filter(_ -> organization.indexOf('\0') < 0);
        return tenant.filter(found -> admits(found, email))
                .orElseThrow(() -> new PlatformException(AuthError.REGISTRATION_CLOSED,
                        "This organization does not let this address register; ask an administrator for an invitation"));
    }

    /** Whether people of that address may make accounts for themselves in the tenant. */
    public boolean admits(Tenant tenant, String email) {
        return !tenant.suspended() && switch (mode(tenant)) {
            case CLOSED, INVITATION -> false;
            case OPEN -> true;
            case DOMAINS -> Objects.requireNonNullElse(tenant.settings().domains(), Set.<String>of()).stream()
                    .anyMatch(domain -> domain.equalsIgnoreCase(email.substring(email.lastIndexOf('@') + 1)));
        };
    }

    /** Whether people of some address may register in the tenant that exists from the first start. */
    public boolean admitsSomebody() {
        return tenants.findById(Session.DEFAULT_TENANT).filter(tenant -> !tenant.suspended())
                .map(RegistrationRules::mode)
                .filter(mode -> mode == Registration.OPEN || mode == Registration.DOMAINS).isPresent();
    }

    static Registration mode(Tenant tenant) {
        return Objects.requireNonNullElse(tenant.settings().registration(), Registration.CLOSED);
    }
}
