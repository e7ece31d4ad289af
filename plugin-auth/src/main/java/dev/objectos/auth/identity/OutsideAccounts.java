package dev.objectos.auth.identity;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds the account of somebody who has proven elsewhere who they are: the one linked before; else that of the same address, where
 * both sides know whose the address is; else a new one, where the provider may make some.
 */
public final class OutsideAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideAccounts.class);

    private final LinkedIdentities links;
    private final Accounts accounts;
    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final TransactionOperations transactions;
    private final SecurityEvents events;

    public OutsideAccounts(LinkedIdentities links, Accounts accounts, MembershipRepository memberships,
            TenantRepository tenants, TransactionOperations transactions, SecurityEvents events) {
        this.links = links;
        this.accounts = accounts;
        this.memberships = memberships;
        this.tenants = tenants;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Somebody to admit.
     *
     * @param tenant to work in; null: any that lets the account in
     */
    public record Arrival(Account account, @Nullable UUID tenant) {}

    /**
     * The account of the person, linked to what they are elsewhere.
     *
     * @throws PlatformException {@code ACCOUNT_NOT_LINKED} where an account of the same address is not known to be theirs,
     *         {@code SIGN_UP_REFUSED} where they have none and get none
     */
    public Arrival arrive(OutsideIdentity identity, Joining joining, Client client) {
        Tenant tenant = tenant(joining, identity.provider());
        Account account = links.find(identity.provider(), identity.subject()).map(accounts::current).orElse(null);
        boolean first = account == null;
        if (account == null) {
            account = first(identity, joining, tenant, client);
        } else {
            links.link(account, identity.provider(), identity.subject(), identity.email());
        }
        grant(account, identity, joining, tenant, first);
        return new Arrival(account, joining.tenant() == null ? null : tenant.id());
    }

    private Account first(OutsideIdentity identity, Joining joining, Tenant tenant, Client client) {
        String email = identity.email();
        Optional<Account> namesake = email == null ? Optional.empty() : accounts.find(email);
        if (namesake.isPresent()) {
            Account account = namesake.get();
            requireTheirs(account, identity, joining);
            links.link(account, identity.provider(), identity.subject(), email);
            told("identity.linked", account, identity, client);
            return account;
        }
        requireWelcome(identity, joining, tenant);
        Account account = transactions.execute(_ -> created(identity, joining, tenant));
        told("account.created", account, identity, client);
        return account;
    }

    /** The same person may arrive twice at once, and gets one account nevertheless. */
    private Account created(OutsideIdentity identity, Joining joining, Tenant tenant) {
        links.lock(identity.provider(), identity.subject());
        Optional<UUID> meanwhile = links.find(identity.provider(), identity.subject());
        if (meanwhile.isPresent()) {
            return accounts.current(meanwhile.get());
        }
        String email = identity.email() == null ? nowhere(identity) : identity.email();
        String name = identity.name() == null ? email.substring(0, email.indexOf('@')) : identity.name();
        Account account = accounts.create(
                NewAccount.person(email, name, identity.email() != null && identity.emailVerified()), tenant.id(),
                roles(identity, joining));
        links.link(account, identity.provider(), identity.subject(), identity.email());
        return account;
    }

    /** An account needs an address; where the provider tells none, one to which no mail can ever go (RFC 2606). */
    private static String nowhere(OutsideIdentity identity) {
        String digest = HexFormat.of().formatHex(Tokens.digest(identity.provider() + '\n' + identity.subject()), 0, 12);
        return digest + '@' + identity.provider().toLowerCase(Locale.ROOT) + ".invalid";
    }

    /**
     * Whoever signed up here under an address that is not theirs waits for its owner to come by a provider; and whoever told a
     * provider an address that is not theirs comes for an account here. So both sides have to know whose the address is.
     */
    private static void requireTheirs(Account account, OutsideIdentity identity, Joining joining) {
        boolean theirs = joining.linkByEmail() && identity.emailVerified() && account.emailVerified()
                && account.kind() == Account.Kind.PERSON;
        if (!theirs) {
            throw new PlatformException(AuthError.ACCOUNT_NOT_LINKED, "There is an account with this e-mail address; "
                    + "sign in to it in another way first, then link " + identity.provider());
        }
    }

    private static void requireWelcome(OutsideIdentity identity, Joining joining, Tenant tenant) {
        if (!welcome(identity, joining, tenant)) {
            throw new PlatformException(AuthError.SIGN_UP_REFUSED,
                    "Nobody here has this " + identity.provider() + " identity, and new people need an invitation");
        }
    }

    private static boolean welcome(OutsideIdentity identity, Joining joining, Tenant tenant) {
        return switch (joining.signUp()) {
            case YES -> true;
            case NO -> false;
            case AS_TENANT -> invites(tenant.settings(), identity);
        };
    }

    private static boolean invites(TenantSettings settings, OutsideIdentity identity) {
        String email = identity.email();
        if (settings.registration() == TenantSettings.Registration.DOMAINS) {
            return email != null && identity.emailVerified() && settings.domains() != null && settings.domains()
                    .stream().anyMatch(domain -> domain.equalsIgnoreCase(email.substring(email.lastIndexOf('@') + 1)));
        }
        return settings.registration() == TenantSettings.Registration.OPEN;
    }

    /**
     * A provider of a tenant lets in there those too who have an account already, once: whoever is no member any more later on was
     * removed.
     */
    private void grant(Account account, OutsideIdentity identity, Joining joining, Tenant tenant, boolean first) {
        Optional<Membership> member = memberships.findById(new Membership.Key(account.id(), tenant.id()));
        Set<String> roles = roles(identity, joining);
        boolean joins = first && member.isEmpty() && joining.tenant() != null && welcome(identity, joining, tenant);
        boolean changes = member.isPresent() && joining.syncRoles() && !member.get().roles().equals(roles);
        if (joins || changes) {
            accounts.join(account, tenant.id(), roles);
        }
    }

    private static Set<String> roles(OutsideIdentity identity, Joining joining) {
        var roles = new HashSet<>(joining.roles());
        roles.addAll(identity.roles());
        return roles;
    }

    private Tenant tenant(Joining joining, String provider) {
        String slug = joining.tenant();
        return (slug == null ? tenants.findById(Session.DEFAULT_TENANT) : tenants.findBySlug(slug)).orElseThrow(() -> {
            LOG.warn("The provider {} serves the tenant {}, which does not exist", provider, slug);
            return new PlatformException(RuntimeError.UNAVAILABLE,
                    "The sign-in by " + provider + " is not set up completely; ask an administrator");
        });
    }

    private void told(String action, Account account, OutsideIdentity identity, Client client) {
        events.emit(action, account.id(), null, client,
                Map.of("provider", identity.provider(), "subject", identity.subject()));
    }
}
