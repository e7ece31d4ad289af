package dev.objectos.auth.apikey;

import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.Credentials;
import dev.objectos.auth.session.DutyRoster;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.session.SystemPermission;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.Ordered;

/** The keys there are, and who a key belongs to. A key is shown once, when it is made. */
public final class ApiKeys implements Credentials, Ordered {

    private static final String PREFIX = "ok_";
    private static final int LENGTH = PREFIX.length() + 43;
    private static final int SHOWN = PREFIX.length() + 6;

    private final ApiKeyStore store;
    private final AccountRepository accounts;
    private final SessionFactory sessions;
    private final DutyRoster duties;
    private final CredentialCache known;
    private final Clock clock;
    private final Tokens tokens = new Tokens();

    public ApiKeys(ApiKeyStore store, AccountRepository accounts, SessionFactory sessions, DutyRoster duties,
            CredentialCache known, Clock clock) {
        this.duties = duties;
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.known = known;
        this.clock = clock;
    }

    /** A key just made: the only time at which it is known as a whole. */
    record Fresh(String secret, ApiKey key) {}

    /** Makes a key. */
    Fresh create(NewApiKey wanted) {
        String secret = PREFIX + tokens.next();
        Instant now = clock.instant();
        var key = new ApiKey(UUID.randomUUID(), secret.substring(0, SHOWN), wanted.name(), wanted.account(),
                wanted.tenant(), wanted.scopes(), wanted.metadata(), true, wanted.createdBy(), now, now,
                wanted.expiresAt(), null);
        store.insert(key, Tokens.digest(secret));
        return new Fresh(secret, key);
    }

    /** The newest first. */
    List<ApiKey> of(UUID account, UUID tenant) {
        return store.of(account, tenant);
    }

    Optional<ApiKey> withId(UUID id, UUID tenant) {
        return store.withId(id, tenant);
    }

    void update(ApiKey changed) {
        store.update(changed).ifPresent(known::forget);
    }

    void delete(ApiKey key) {
        store.delete(key.id()).ifPresent(known::revoke);
    }

    @Override
    public int getOrder() {
        return 0;
    }

    /** A session's token may begin alike by chance, but is shorter. */
    @Override
    public boolean understands(String credential) {
        return credential.length() == LENGTH && credential.startsWith(PREFIX);
    }

    @Override
    public Optional<SignedIn> find(String credential) {
        byte[] digest = Tokens.digest(credential);
        return known.find(digest, () -> load(digest));
    }

    private Optional<SignedIn> load(byte[] digest) {
        Instant now = clock.instant();
        Optional<ApiKey> found = store.withDigest(digest).filter(key -> key.usableAt(now));
        Optional<SignedIn> signedIn = found.flatMap(this::signedIn);
        if (signedIn.isPresent()) {
            store.used(found.orElseThrow(), now);
        }
        return signedIn;
    }

    private Optional<SignedIn> signedIn(ApiKey key) {
        return accounts.findById(key.account())
                .flatMap(account -> sessions.session(account, key.tenant(), null, key.scopes().names())
                        .filter(session -> session.may(SystemPermission.API_ACCESS))
                        .map(session -> new SignedIn(session, account, null, key.expiresAt())))
                .map(duties::of);
    }
}
