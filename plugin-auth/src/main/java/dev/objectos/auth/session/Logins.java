package dev.objectos.auth.session;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The sessions of signed-in clients: begins and ends them, and says who a token belongs to. What it has found out it believes for
 * {@link SessionProperties#cacheFor}, so that what changes elsewhere takes effect here within that time.
 */
public final class Logins implements Credentials, Ordered {

    private static final Duration NOTED_EACH = Duration.ofMinutes(1);

    private final LoginSessionRepository logins;
    private final AccountRepository accounts;
    private final SessionFactory sessions;
    private final DutyRoster duties;
    private final TransactionOperations transactions;
    private final SessionProperties properties;
    private final Clock clock;
    private final Tokens tokens = new Tokens();
    private final CredentialCache known;

    public Logins(LoginSessionRepository logins, AccountRepository accounts, SessionFactory sessions,
            DutyRoster duties, TransactionOperations transactions, SessionProperties properties,
            CredentialCache known, Clock clock) {
        this.logins = logins;
        this.accounts = accounts;
        this.sessions = sessions;
        this.duties = duties;
        this.transactions = transactions;
        this.properties = properties;
        this.known = known;
        this.clock = clock;
    }

    /** A session just begun: the only time at which its token is known. */
    public record Fresh(String token, SignedIn signedIn) {}

    /**
     * Begins a session with a token of its own, whatever the client had before.
     *
     * @throws PlatformException {@code PERMISSION_DENIED} where the account may not act in the tenant
     */
    public Fresh begin(NewLogin wanted) {
        String token = tokens.next();
        Instant now = clock.instant();
        Duration lifetime = wanted.impersonator() == null ? properties.lifetime() : properties.impersonation();
        var login = new LoginSession(UUID.randomUUID(), Tokens.digest(token), wanted, now, now.plus(lifetime));
        SignedIn signedIn = signedIn(login, wanted.account()).orElseThrow(
                () -> new PlatformException(RuntimeError.PERMISSION_DENIED, "This account may not work in the tenant"));
        transactions.executeWithoutResult(_ -> {
            logins.deleteOver(now, now.minus(properties.idle()));
            logins.save(login);
        });
        return new Fresh(token, signedIn);
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public boolean understands(String credential) {
        return true;
    }

    @Override
    public Optional<SignedIn> find(String token) {
        byte[] digest = Tokens.digest(token);
        return known.find(digest, () -> use(logins.findByTokenDigest(digest)));
    }

    /** Who a session belongs to, asked of the database; for credentials that stand for a session. */
    public Optional<SignedIn> use(UUID login) {
        Instant now = clock.instant();
        return use(logins.findById(login)).filter(signedIn -> signedIn.validAt(now));
    }

    private Optional<SignedIn> use(Optional<LoginSession> stored) {
        Instant now = clock.instant();
        Optional<LoginSession> login = stored
                .filter(found -> now.isBefore(found.lastUsedAt().plus(properties.idle())));
        login.filter(found -> found.lastUsedAt().plus(NOTED_EACH).isBefore(now))
                .ifPresent(found -> transactions.executeWithoutResult(_ -> logins.used(found.id(), now)));
        return login.flatMap(
                found -> accounts.findById(found.accountId()).flatMap(account -> signedIn(found, account)));
    }

    private Optional<SignedIn> signedIn(LoginSession login, Account account) {
        return sessions.session(account, login.tenantId(), login.impersonatorId(), null)
                .map(session -> new SignedIn(session, account, login, login.expiresAt())).map(duties::of);
    }

    /** The sessions of an account that still count, the newest first. */
    public List<LoginSession> of(UUID account) {
        Instant now = clock.instant();
        return logins.findByAccountIdOrderByCreatedAtDesc(account).stream().filter(login -> now
                .isBefore(login.expiresAt()) && now.isBefore(login.lastUsedAt().plus(properties.idle()))).toList();
    }

    /** Lets a session go on in another tenant. */
    public void move(LoginSession login, UUID tenant) {
        transactions.executeWithoutResult(_ -> logins.move(login.id(), tenant));
        known.forgetLogins(Set.of(login.id()));
    }

    /** Ends a session. */
    public void end(LoginSession login) {
        end(List.of(login));
    }

    /**
     * Ends those sessions of an account that the condition holds for, and looks up anew whoever acts as that account without one.
     *
     * @return how many
     */
    public int end(UUID account, Predicate<LoginSession> condition) {
        List<LoginSession> ended = logins.findByAccountIdOrderByCreatedAtDesc(account).stream().filter(condition)
                .toList();
        end(ended);
        known.forgetAccount(account);
        return ended.size();
    }

    private void end(List<LoginSession> ended) {
        transactions.executeWithoutResult(_ -> ended.forEach(login -> logins.deleteById(login.id())));
        known.forgetLogins(ended.stream().map(LoginSession::id).collect(Collectors.toUnmodifiableSet()));
        ended.forEach(login -> known.revoke(login.tokenDigest()));
    }

    /** Ends every session in a tenant. */
    public void endIn(UUID tenant) {
        end(logins.findByTenantId(tenant));
    }

    /** Looks up anew whoever acts as that account, or on its authority; for when its rights have changed on this node. */
    public void forget(UUID account) {
        known.forgetAccount(account);
    }

    /** Looks up everybody anew. */
    public void forgetAll() {
        known.forgetAll();
    }
}
