package dev.objectos.auth.signin;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.NewLogin;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a session. Whatever proves who somebody is (password, passkey, provider, directory) ends in {@link #admit}, which
 * asks the same of everybody: not banned, a tenant that accepts that way, and the second step where there is one.
 */
public final class SignIn {

    /** How somebody is signed in who has shown a password kept here. */
    public static final String PASSWORD = "password";

    private final Accounts accounts;
    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final PasswordStore passwords;
    private final SignInThrottle throttle;
    private final Logins logins;
    private final SignInMethods methods;
    private final Supplier<List<SecondStep>> secondSteps;
    private final SecurityEvents events;
    private final Clock clock;

    public SignIn(Accounts accounts, MembershipRepository memberships, TenantRepository tenants,
            PasswordStore passwords, SignInThrottle throttle, Logins logins, SignInMethods methods,
            Supplier<List<SecondStep>> secondSteps, SecurityEvents events, Clock clock) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.tenants = tenants;
        this.passwords = passwords;
        this.throttle = throttle;
        this.logins = logins;
        this.methods = methods;
        this.secondSteps = secondSteps;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Signs in by e-mail or user name and password.
     *
     * @param tenant to work in; null: the first that accepts passwords
     * @param device what the client remembers of earlier second steps; null: nothing
     * @throws PlatformException {@code INVALID_EMAIL_OR_PASSWORD}, the same and as slowly whether the account exists or not;
     *         {@code RATE_LIMITED} after too many failures
     */
    public SignInOutcome withPassword(String emailOrUsername, String password, @Nullable UUID tenant, Client client,
            @Nullable String device) {
        Account account = owner(emailOrUsername, password, client);
        SignInOutcome outcome = admit(account, PASSWORD, tenant, client, device);
        throttle.succeeded(emailOrUsername, client.ipAddress());
        return outcome;
    }

    /**
     * Lets somebody in for a moment, without a session, who cannot be asked for anything but the password.
     *
     * @param tenant to work in; null: the first that accepts passwords
     * @return what a session might be begun with
     * @throws PlatformException as {@link #withPassword}; {@code BASIC_REFUSED} where a second step is asked for
     */
    public NewLogin withPasswordAlone(String emailOrUsername, String password, @Nullable UUID tenant, Client client) {
        Account account = owner(emailOrUsername, password, client);
        NewLogin permitted = permitted(account, PASSWORD, tenant, client);
        throttle.succeeded(emailOrUsername, client.ipAddress());
        if (secondSteps.get().stream().anyMatch(step -> step.needed(account, PASSWORD))) {
            events.emit("sign-in.refused", account.id(), permitted.tenant(), client,
                    Map.of("method", PASSWORD, "reason", "second-step"));
            throw new PlatformException(AuthError.BASIC_REFUSED,
                    "This account asks for a second factor; call with an API key, or sign in at /api/auth");
        }
        return permitted;
    }

    private Account owner(String emailOrUsername, String password, Client client) {
        attempt(emailOrUsername, client);
        Optional<Account> account = accounts.find(emailOrUsername);
        boolean matches = passwords.matches(account.orElse(null), password);
        if (account.isEmpty() || !matches) {
            events.emit("sign-in.failed", account.map(Account::id).orElse(null), null, client,
                    Map.of("method", PASSWORD, "name", emailOrUsername));
            throw wrong();
        }
        return account.get();
    }

    /**
     * Begins an attempt to show who one is by something that may be guessed.
     *
     * @param name what is signed in as
     * @throws PlatformException {@code RATE_LIMITED} after too many failures
     */
    public void attempt(String name, Client client) {
        try {
            throttle.begin(name, client.ipAddress());
        } catch (PlatformException e) {
            events.emit("sign-in.blocked", null, null, client, Map.of("name", name));
            throw e;
        }
    }

    /**
     * Lets in an account whose owner has shown who they are.
     *
     * @param method how, such as {@code password} or {@code oidc}; tenants may refuse it
     * @param tenant to work in; null: the first that accepts the method
     * @param device what the client remembers of earlier second steps; null: nothing
     * @throws PlatformException {@code ACCOUNT_BANNED}, or {@code PERMISSION_DENIED} where no tenant lets the account in so
     */
    public SignInOutcome admit(Account account, String method, @Nullable UUID tenant, Client client,
            @Nullable String device) {
        NewLogin wanted = permitted(account, method, tenant, client);
        for (SecondStep step : secondSteps.get()) {
            Optional<Map<String, Object>> asked = step.ask(account, wanted, device);
            if (asked.isPresent()) {
                return new SignInOutcome.Unfinished(asked.get());
            }
        }
        return new SignInOutcome.Begun(begin(wanted));
    }

    /**
     * Begins the session of somebody who has shown everything that is asked for.
     *
     * @param tenant to work in; null: the first that accepts the method
     */
    public Logins.Fresh finish(Account account, String method, @Nullable UUID tenant, Client client) {
        return begin(permitted(account, method, tenant, client));
    }

    private Logins.Fresh begin(NewLogin permitted) {
        Logins.Fresh fresh = logins.begin(permitted);
        events.emit("sign-in.succeeded", fresh.signedIn(), permitted.client(), Map.of("method", permitted.method()));
        return fresh;
    }

    private NewLogin permitted(Account account, String method, @Nullable UUID tenant, Client client) {
        if (account.bannedAt(clock.instant())) {
            throw banned(account, tenant, method, client);
        }
        if (!methods.accept(account, method)) {
            events.emit("sign-in.refused", account.id(), tenant, client, Map.of("method", method, "reason", "method"));
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "Nobody signs in by " + method + " on this server; choose another way of signing in");
        }
        if (account.kind() == Account.Kind.SERVICE) {
            events.emit("sign-in.refused", account.id(), tenant, client, Map.of("method", method, "reason", "service"));
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "A service account signs in by its API keys alone");
        }
        List<Membership> wanted = memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account.id()).stream()
                .filter(member -> !member.visiting() && (tenant == null || tenant.equals(member.tenantId()))).toList();
        Instant now = clock.instant();
        if (!wanted.isEmpty() && wanted.stream().allMatch(member -> member.bannedAt(now))) {
            throw banned(account, tenant, method, client);
        }
        List<Tenant> open = wanted.stream().filter(member -> !member.bannedAt(now)).map(Membership::tenantId)
                .flatMap(id -> tenants.findById(id).stream())
                .filter(found -> !found.suspended() && found.settings().accepts(method)).toList();
        if (open.isEmpty()) {
            events.emit("sign-in.refused", account.id(), tenant, client, Map.of("method", method, "reason", "tenant"));
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "No organization lets this account in by this way of signing in");
        }
        return new NewLogin(account, open.getFirst().id(), method, client, null);
    }

    private PlatformException banned(Account account, @Nullable UUID tenant, String method, Client client) {
        events.emit("sign-in.refused", account.id(), tenant, client, Map.of("method", method, "reason", "banned"));
        return new PlatformException(AuthError.ACCOUNT_BANNED, "This account is banned; ask an administrator");
    }

    private static PlatformException wrong() {
        return new PlatformException(AuthError.INVALID_EMAIL_OR_PASSWORD, "The e-mail or the password is wrong");
    }
}
