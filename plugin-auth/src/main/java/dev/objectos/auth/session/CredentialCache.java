package dev.objectos.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who credentials belong to, as it was found out a moment ago: what changes elsewhere takes effect here when that moment is over.
 * All kinds share one, so that whoever is forgotten is forgotten by whatever they bring.
 */
public final class CredentialCache {

    private static final int MAX_CACHED = 100_000;

    private final Cache<ByteBuffer, Optional<SignedIn>> known;
    private final Clock clock;

    /** @param cacheFor how long what was found out is believed */
    public CredentialCache(Duration cacheFor, Clock clock) {
        this.known = Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(cacheFor).build();
        this.clock = clock;
    }

    /**
     * Who a credential belongs to, unless it is over by now.
     *
     * @param digest of the credential
     * @param load finds it out; that it belongs to nobody is remembered too
     */
    public Optional<SignedIn> find(byte[] digest, Supplier<Optional<SignedIn>> load) {
        ByteBuffer key = ByteBuffer.wrap(digest);
        Optional<SignedIn> found = known.getIfPresent(key);
        if (found == null) {
            found = load.get();
            known.put(key, found);
        }
        return found.filter(signedIn -> signedIn.validAt(clock.instant()));
    }

    /** Looks a credential up anew. */
    public void forget(byte[] digest) {
        known.invalidate(ByteBuffer.wrap(digest));
    }

    /** The credential belongs to nobody any more, whoever is looking it up at this moment. */
    public void revoke(byte[] digest) {
        known.put(ByteBuffer.wrap(digest), Optional.empty());
    }

    /** Looks up anew whoever acts as that account, or on its authority; for when its rights have changed on this node. */
    public void forgetAccount(UUID account) {
        forget(signedIn -> signedIn.account().id().equals(account)
                || signedIn.login() != null && account.equals(signedIn.login().impersonatorId()));
    }

    /** Looks up anew whatever stands for these sessions. */
    public void forgetLogins(Set<UUID> logins) {
        forget(signedIn -> signedIn.login() != null && logins.contains(signedIn.login().id()));
    }

    private void forget(Predicate<SignedIn> condition) {
        known.asMap().values().removeIf(found -> found.filter(condition).isPresent());
    }

    /** Looks up everybody anew. */
    public void forgetAll() {
        known.invalidateAll();
    }
}
