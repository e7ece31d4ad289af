package dev.objectos.auth.twofactor;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.throttle.Limit;
import dev.objectos.auth.throttle.Throttle;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.SecretSeal;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** The second factors of accounts: sets them up, and says whether a code is right; guessing is slow. */
public final class SecondFactors {

    private static final String THROTTLE = "second factor";
    private static final String REFUSAL = "Too many codes were tried";
    private static final String PURPOSE = "second-factor";

    private final SecondFactorStore store;
    private final SecretSeal seal;
    private final Throttle throttle;
    private final Limit limit;
    private final String issuer;
    private final Clock clock;

    /** @param limit of codes that are tried on one account */
    public SecondFactors(SecondFactorStore store, SecretSeal seal, Throttle throttle, Limit limit, String issuer,
            Clock clock) {
        this.store = store;
        this.seal = seal;
        this.throttle = throttle;
        this.limit = limit;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What is shown once, to set an authenticator up.
     *
     * @param uri that holds the secret
     * @param backupCodes each for one use
     */
    record Enrolment(String uri, List<String> backupCodes) {}

    /** Whether the account has one that is confirmed. */
    public boolean has(UUID account) {
        return store.find(account).filter(found -> found.confirmedAt() != null).isPresent();
    }

    /**
     * Begins to set one up; nothing is asked for until a code has confirmed it.
     *
     * @throws PlatformException {@code UNIQUE_VIOLATION} where there is one
     */
    Enrolment begin(Account account) {
        String secret = Totp.secret();
        List<String> codes = BackupCodes.make();
        if (!store.begin(account.id(), seal.seal(secret, account.id(), PURPOSE),
                BackupCodes.digests(account.id(), codes))) {
            throw new PlatformException(RuntimeError.UNIQUE_VIOLATION,
                    "The account has a second factor; disable it first, at /api/auth/two-factor/disable");
        }
        return new Enrolment(Totp.uri(issuer, account.email(), secret), codes);
    }

    /**
     * Uses a code of the authenticator; the first one confirms it.
     *
     * @throws PlatformException {@code INVALID_TWO_FACTOR_CODE}, {@code RATE_LIMITED}
     */
    void useTotp(UUID account, String code) {
        throttle.attempt(THROTTLE, account.toString(), limit, REFUSAL);
        SecondFactorStore.Stored stored = store.find(account).orElseThrow(SecondFactors::wrong);
        OptionalLong step = Totp.step(seal.open(stored.secret(), account, PURPOSE), code.replaceAll("\\s", ""),
                clock.instant(), stored.lastStep());
        if (step.isEmpty() || !store.use(account, step.getAsLong())) {
            throw wrong();
        }
        throttle.clear(THROTTLE, account.toString());
    }

    /**
     * Uses a code up that was printed.
     *
     * @throws PlatformException {@code INVALID_TWO_FACTOR_CODE}, {@code RATE_LIMITED}
     */
    void useBackupCode(UUID account, String code) {
        throttle.attempt(THROTTLE, account.toString(), limit, REFUSAL);
        if (!has(account) || !store.takeCode(account, BackupCodes.digest(account, code))) {
            throw wrong();
        }
        throttle.clear(THROTTLE, account.toString());
    }

    /**
     * Other codes to print; those before are worth nothing any more.
     *
     * @throws PlatformException {@code RESOURCE_NOT_FOUND} where there is no second factor
     */
    List<String> newBackupCodes(UUID account) {
        if (!has(account)) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "The account has no second factor");
        }
        List<String> codes = BackupCodes.make();
        store.replaceCodes(account, BackupCodes.digests(account, codes));
        return codes;
    }

    /** Takes it away with its codes and the devices that are trusted: by its owner, or for one who has lost everything. */
    public void remove(UUID account) {
        store.remove(account);
        throttle.clear(THROTTLE, account.toString());
    }

    private static PlatformException wrong() {
        return new PlatformException(AuthError.INVALID_TWO_FACTOR_CODE,
                "The code is wrong, too old, or was used already");
    }
}
