package dev.objectos.auth.twofactor;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.session.Duties;
import dev.objectos.auth.session.Duty;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.tenant.TenantRepository;
import java.util.Optional;
import java.util.Set;

/** A second factor has to be set up first: where a tenant asks that of its members. */
public final class SecondFactorDuty implements Duties {

    private static final Duty DUTY = new Duty(AuthError.SECOND_FACTOR_REQUIRED,
            "This organization asks for a second factor; set one up first, at /api/auth/two-factor/enable",
            Set.of("/api/auth/two-factor/enable", "/api/auth/two-factor/verify-totp", "/api/auth/get-session",
                    "/api/auth/sign-out", "/api/auth/change-password", "/api/auth/organization/set-active"));

    private final SecondFactors factors;
    private final TenantRepository tenants;
    private final Set<String> exempt;

    /** @param exempt ways of signing in that are two factors by themselves */
    public SecondFactorDuty(SecondFactors factors, TenantRepository tenants, Set<String> exempt) {
        this.factors = factors;
        this.tenants = tenants;
        this.exempt = Set.copyOf(exempt);
    }

    @Override
    public Optional<Duty> of(SignedIn signedIn) {
        LoginSession login = signedIn.login();
        // A program has no second factor; a key of a person's may do no more than the person.
        boolean exempted = login == null
                ? signedIn.account().kind() == Account.Kind.SERVICE
                : exempt.contains(login.method());
        boolean asked = !exempted && tenants
                .findById(signedIn.session().tenant())
                .filter(tenant -> Boolean.TRUE.equals(tenant.settings().requireSecondFactor())).isPresent();
        return asked && !factors.has(signedIn.account().id()) ? Optional.of(DUTY) : Optional.empty();
    }
}
