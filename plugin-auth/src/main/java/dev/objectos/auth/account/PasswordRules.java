package dev.objectos.auth.account;

import dev.objectos.auth.password.BreachedPasswords;
import dev.objectos.auth.password.CommonPasswords;
import dev.objectos.auth.password.Guessable;
import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** What is asked of somebody's password: the strictest of what the server and the tenants of the account ask. */
public final class PasswordRules {

    private final Supplier<PasswordPolicy> server;
    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final BreachedPasswords breached;

    /** @param server what it asks at the moment */
    public PasswordRules(Supplier<PasswordPolicy> server, MembershipRepository memberships, TenantRepository tenants,
            BreachedPasswords breached) {
        this.server = server;
        this.memberships = memberships;
        this.tenants = tenants;
        this.breached = breached;
    }

    /** What is asked of somebody who is to be a member of that tenant alone. */
    public PasswordPolicy in(UUID tenant) {
        PasswordPolicy ours = server.get();
        return tenants.findById(tenant).map(found -> found.settings().passwordPolicy()).map(ours::and).orElse(ours);
    }

    public PasswordPolicy of(Account account) {
        PasswordPolicy strictest = server.get();
        for (var membership : memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account.id())) {
            PasswordPolicy own = tenants.findById(membership.tenantId())
                    .map(tenant -> tenant.settings().passwordPolicy()).orElse(null);
            strictest = own == null ? strictest : strictest.and(own);
        }
        return strictest;
    }

    /** Everything that is wrong with a password; empty: nothing. */
    public List<FieldError> violations(PasswordPolicy policy, String password, String field, String email,
            String name) {
        var found = new ArrayList<>(policy.violations(password, field));
        int at = email.indexOf('@');
        if (password.equalsIgnoreCase(email) || password.equalsIgnoreCase(name)
                || (at > 0 && password.equalsIgnoreCase(email.substring(0, at)))) {
            found.add(new FieldError(field, "too_simple", "The password must not be the person's name or address",
                    Map.of(PasswordPolicy.REASON, "personal")));
        }
        if (Guessable.patterned(password)) {
            found.add(new FieldError(field, "too_simple",
                    "The password must not be a row of characters or a repetition",
                    Map.of(PasswordPolicy.REASON, "pattern")));
        } else if (CommonPasswords.contains(password)) {
            found.add(new FieldError(field, "too_common",
                    "The password is one of those that are tried first; choose another one"));
        } else if (breached.contains(password)) {
            found.add(new FieldError(field, "breached",
                    "The password is known from a breach elsewhere; choose another one"));
        }
        return found;
    }
}
