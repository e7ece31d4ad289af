package dev.objectos.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.SecretSeal;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The keys that sign tokens, and those whose tokens still count. Whoever signs makes the next key some time before it is needed; all
 * nodes read it until then.
 */
public final class SigningKeys {

    /** How long before it signs a key is made. */
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final Duration READ_EACH = Duration.ofMinutes(1);
    /** Unknown keys are looked for no more often, whatever is sent. */
    private static final Duration LOOKED_FOR_EACH = Duration.ofSeconds(1);
    /** By how much the clocks of nodes may differ. */
    static final Duration SKEW = Duration.ofSeconds(30);
    private static final String PURPOSE = "signing-key";

    private final SigningKeyTable table;
    private final SecretSeal seal;
    private final TransactionOperations transactions;
    private final JwtProperties properties;
    private final SecurityEvents events;
    private final Clock clock;
    private volatile Known known = new Known(List.of(), Instant.MIN);
    private volatile @Nullable Opened opened;

    public SigningKeys(SigningKeyTable table, SecretSeal seal, TransactionOperations transactions,
            JwtProperties properties, SecurityEvents events, Clock clock) {
        this.table = table;
        this.seal = seal;
        this.transactions = transactions;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    private record Known(List<SigningKey> keys, Instant readAt) {

        Optional<SigningKey> key(UUID id) {
            return keys.stream().filter(key -> key.id().equals(id)).findFirst();
        }

        Optional<SigningKey> signing(Instant now) {
            return keys.stream().filter(key -> key.signsAt(now)).findFirst();
        }
    }

    /** A key together with its private part. */
    record Opened(UUID id, JWSSigner signer) {}

    /** What signs at the moment. */
    Opened current() {
        Instant now = clock.instant();
        Known there = published(now);
        SigningKey key = there.signing(now)
                .orElseThrow(() -> new IllegalStateException("no key signs although one was made"));
        Opened last = opened;
        if (last == null || !last.id().equals(key.id())) {
            last = open(key);
            opened = last;
        }
        return last;
    }

    /** The public parts of all keys whose tokens count, or are about to; for others to verify them with. */
    List<ECKey> published() {
        return published(clock.instant()).keys().stream().map(SigningKey::publicKey).toList();
    }

    private Known published(Instant now) {
        Known there = fresh(now);
        if (there.signing(now).isEmpty() || there.signing(now.plus(ahead())).isEmpty()) {
            Optional<SigningKey> made = transactions.execute(_ -> makeNext(now));
            there = read(now);
            if (made != null && made.isPresent()) {
                events.emit("signing-key.made", null, null, new Client(null, null),
                        Map.of("key", made.get().id().toString()));
            }
        }
        return there;
    }

    /** The key that has signed a token; empty: none of ours, or none that counts any more. */
    Optional<SigningKey> verifying(UUID id) {
        Instant now = clock.instant();
        Known there = fresh(now);
        if (there.key(id).isEmpty() && !now.isBefore(there.readAt().plus(LOOKED_FOR_EACH))) {
            there = read(now);
        }
        return there.key(id).filter(key -> now.isBefore(key.verifiesUntil()));
    }

    private Known fresh(Instant now) {
        Known there = known;
        return there.readAt().equals(Instant.MIN) || !now.isBefore(there.readAt().plus(READ_EACH)) ? read(now) : there;
    }

    private Known read(Instant now) {
        var read = new Known(table.read(now), now);
        known = read;
        return read;
    }

    private Duration ahead() {
        Duration share = properties.rotation().dividedBy(4);
        return share.compareTo(AHEAD) < 0 ? share : AHEAD;
    }

    private Optional<SigningKey> makeNext(Instant now) {
        table.lock();
        List<SigningKey> there = table.read(now);
        boolean signing = there.stream().anyMatch(key -> key.signsAt(now));
        Instant end = there.stream().map(SigningKey::signsUntil).max(Instant::compareTo).orElse(now);
        if (signing && end.isAfter(now.plus(ahead()))) {
            return Optional.empty();
        }
        SigningKey next = make(signing ? end : now);
        table.deleteOver(now);
        table.add(next);
        return Optional.of(next);
    }

    private SigningKey make(Instant signsFrom) {
        UUID id = UUID.randomUUID();
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id.toString()).keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256).generate();
            Instant from = signsFrom.truncatedTo(ChronoUnit.MICROS);
            Instant until = from.plus(properties.rotation());
            return SigningKey.of(id, key.toPublicJWK().toJSONString(), seal.seal(key.toJSONString(), id, PURPOSE), from,
                    until, until.plus(properties.lifetime()).plus(SKEW));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Opened open(SigningKey key) {
        try {
            return new Opened(key.id(), new ECDSASigner(ECKey.parse(seal.open(key.sealed(), key.id(), PURPOSE))));
        } catch (IllegalArgumentException e) {
            throw new PlatformException(RuntimeError.INTERNAL, "The signing key " + key.id()
                    + " does not open with this node's secret.key; all nodes need the same file", e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("the signing key " + key.id() + " cannot be read", e);
        }
    }
}
