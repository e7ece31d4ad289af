package dev.objectos.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/** Signs people in and out, and says who a token belongs to. */
public final class Logins {

    /** Names the encoder of new passwords within their hashes. */
    public static final String ENCODER = "pbkdf2@SpringSecurity_v5_8";

    private static final int MAX_CACHED = 100_000;
    private static final int MAX_PASSWORD = 1_024;

    /** What no password matches, at the cost of matching one: random bytes in the form of {@link #ENCODER}'s hashes. */
    static final String HASH_OF_NOTHING = "{" + ENCODER + "}"
            + "890c7b72dd43cac173b19353b8aeff256c84255269b74ae426fda269696a1ba4855f8f045ba75f0cb699e1c7b5256ec3";

    private final AccountRepository accounts;
    private final MembershipRepository memberships;
    private final LoginSessionRepository logins;
    private final PasswordEncoder passwords;
    private final TransactionOperations transactions;
    private final AuthProperties properties;
    private final Clock clock;
    private final Tokens tokens = new Tokens();
    private final Cache<ByteBuffer, Optional<SignedIn>> known;

    public Logins(AccountRepository accounts, MembershipRepository memberships, LoginSessionRepository logins,
            PasswordEncoder passwords, TransactionOperations transactions, AuthProperties properties, Clock clock) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.logins = logins;
        this.passwords = passwords;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
        this.known = Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(properties.cacheFor())
                .ticker(Ticker.systemTicker()).build();
    }

    /** A sign-in just made: the only time at which its token is known. */
    record Fresh(String token, SignedIn signedIn) {}

    /**
     * Signs in by e-mail and password.
     *
     * @throws PlatformException {@code INVALID_EMAIL_OR_PASSWORD}, the same and as slowly whether the account exists or not
     */
    Fresh signIn(String email, String password, @Nullable String ipAddress, @Nullable String userAgent) {
        // PostgreSQL has no text with such a character, so that nobody is called so.
        Optional<Account> account = email.indexOf('\0') < 0 ? accounts.findByEmail(email.strip()) : Optional.empty();
        String hash = account.map(Account::passwordHash).orElse(HASH_OF_NOTHING);
        boolean matches = password.length() <= MAX_PASSWORD && passwords.matches(password, hash);
        Optional<Membership> membership = account.filter(_ -> matches)
                .flatMap(found -> firstOf(memberships.findByAccountIdOrderByTenantId(found.id())));
        if (account.isEmpty() || membership.isEmpty()) {
            throw new PlatformException(AuthError.INVALID_EMAIL_OR_PASSWORD, "The e-mail or the password is wrong");
        }
        return begin(account.get(), membership.get(), ipAddress, userAgent);
    }

    private Fresh begin(Account account, Membership membership, @Nullable String ipAddress,
            @Nullable String userAgent) {
        String token = tokens.next();
        Instant now = clock.instant();
        var login = new LoginSession(UUID.randomUUID(), Tokens.digest(token), account.id(), membership.tenantId(), now,
                now.plus(properties.sessionLifetime()), ipAddress, userAgent);
        transactions.executeWithoutResult(_ -> {
            logins.deleteExpired(now);
            logins.save(login);
        });
        return new Fresh(token, signedIn(login, account, membership));
    }

    /** Who the token belongs to; empty where it is unknown, expired or revoked. */
    Optional<SignedIn> find(String token) {
        byte[] digest = Tokens.digest(token);
        ByteBuffer key = ByteBuffer.wrap(digest);
        Optional<SignedIn> found = known.getIfPresent(key);
        if (found == null) {
            found = load(digest);
            known.put(key, found);
        }
        return found.filter(signedIn -> clock.instant().isBefore(signedIn.expiresAt()));
    }

    private Optional<SignedIn> load(byte[] digest) {
        return logins.findByTokenDigest(digest)
                .flatMap(login -> accounts.findById(login.accountId())
                        .flatMap(account -> memberships
                                .findById(new Membership.Key(account.id(), login.tenantId()))
                                .map(membership -> signedIn(login, account, membership))));
    }

    void signOut(String token) {
        byte[] digest = Tokens.digest(token);
        transactions.executeWithoutResult(
                _ -> logins.findByTokenDigest(digest).ifPresent(login -> logins.deleteById(login.id())));
        known.put(ByteBuffer.wrap(digest), Optional.empty());
    }

    private static SignedIn signedIn(LoginSession login, Account account, Membership membership) {
        var user = new UserIdentity(membership.userId(), account.email(), account.name(), null);
        var session = new Session(membership.tenantId(), user, membership.roles(), account.platformAdministrator(),
                Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
        return new SignedIn(login, account, session);
    }

    private static <T> Optional<T> firstOf(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.getFirst());
    }
}
