package dev.objectos.auth.account;

import dev.objectos.auth.password.CommonPasswords;
import dev.objectos.auth.password.Guessable;
import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What is asked of somebody's password: the strictest of what the server and the tenants of the account ask. */
public final class PasswordRules {

    private final PasswordPolicy server;
    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final CommonPasswords common = CommonPasswords.load();

    public PasswordRules(PasswordPolicy server, MembershipRepository memberships, TenantRepository tenants) {
        this.server = server;
        this.memberships = memberships;
        this.tenants = tenants;
    }

    /** What is asked where no account exists yet. */
    public PasswordPolicy ofServer() {
        return server;
    }

    /** What is asked of a new member of that tenant. */
    public PasswordPolicy ofTenant(UUID tenant) {
        return strictest(Stream.of(tenant));
    }

    public PasswordPolicy of(Account account) {
        return strictest(memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account.id()).stream()
                .map(Membership::tenantId));
    }

    private PasswordPolicy strictest(Stream<UUID> of) {
        return of.flatMap(tenant -> tenants.findById(tenant).stream())
                .flatMap(tenant -> Stream.ofNullable(tenant.settings().passwordPolicy()))
                .reduce(server, PasswordPolicy::and);
    }

    /** Everything that is wrong with a password; empty: nothing. */
    public List<FieldError> violations(PasswordPolicy policy, String password, String field, String email,
            String name) {
        var found = new ArrayList<>(policy.violations(password, field));
        int at = email.indexOf('@');
        if (password.equalsIgnoreCase(email) || password.equalsIgnoreCase(name)
                || (at > 0 && password.equalsIgnoreCase(email.substring(0, at)))) {
            found.add(new FieldError(field, "too_simple", "The password must not be the person's name or address"));
        }
        if (Guessable.patterned(password)) {
            found.add(new FieldError(field, "too_simple",
                    "The password must not be a row of characters or a repetition"));
        } else if (common.contains(password)) {
            found.add(new FieldError(field, "too_common",
                    "The password is one of those that are tried first; choose another one"));
        }
        return found;
    }
}
