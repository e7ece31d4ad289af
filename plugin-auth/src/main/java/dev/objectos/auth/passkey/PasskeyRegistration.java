package dev.objectos.auth.passkey;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds passkeys to the accounts of people who have just signed in. */
public final class PasskeyRegistration {

    private static final int MOST = 50;
    private static final String UNNAMED = "Passkey";

    private final PasskeyStore passkeys;
    private final RelyingParty party;
    private final SecurityEvents events;
    private final Duration freshFor;
    private final Clock clock;

    public PasskeyRegistration(PasskeyStore passkeys, RelyingParty party, SecurityEvents events, Duration freshFor,
            Clock clock) {
        this.passkeys = passkeys;
        this.party = party;
        this.events = events;
        this.freshFor = freshFor;
        this.clock = clock;
    }

    /**
     * Whether a passkey may be added. A session that somebody has stolen must not become a key of their own.
     *
     * @throws PlatformException {@code SESSION_NOT_FRESH}, {@code QUOTA_EXCEEDED}
     */
    void permit(SignedIn self) {
        LoginSession login = self.login();
        if (login == null || login.createdAt().plus(freshFor).isBefore(clock.instant())) {
            throw new PlatformException(AuthError.SESSION_NOT_FRESH, "Sign in again to add a passkey");
        }
        if (passkeys.of(self.account().id()).size() >= MOST) {
            throw new PlatformException(RuntimeError.QUOTA_EXCEEDED,
                    "An account has at most " + MOST + " passkeys; delete one first");
        }
    }

    /**
     * Adds what an authenticator has made.
     *
     * @param response a {@code RegistrationResponseJSON}
     * @param name what its owner calls it; null: nothing
     * @throws PlatformException {@code FAILED_TO_VERIFY_REGISTRATION}, whatever is wrong with it
     */
    Passkey add(SignedIn self, String response, PasskeyChallenges.Answered challenge, @Nullable String name,
            Client client) {
        permit(self);
        if (!self.account().id().equals(challenge.account())) {
            throw refused(self, client, "owner");
        }
        RelyingParty.Kept kept;
        try {
            kept = party.registered(response, challenge.challenge());
        } catch (RelyingParty.UnacceptableException e) {
            throw refused(self, client, e.reason());
        }
        var passkey = new Passkey(UUID.randomUUID(), self.account().id(), kept.credentialId(), kept.publicKey(),
                kept.aaguid(), kept.signCount(), kept.backupEligible(), kept.backedUp(), kept.transports(),
                name == null ? UNNAMED : name, clock.instant(), null);
        if (!passkeys.add(passkey)) {
            throw refused(self, client, "known");
        }
        events.emit("passkey.added", self, client, Map.of("passkey", passkey.id().toString()));
        return passkey;
    }

    private PlatformException refused(SignedIn self, Client client, String reason) {
        events.emit("passkey.refused", self, client, Map.of("reason", reason));
        return new PlatformException(AuthError.FAILED_TO_VERIFY_REGISTRATION,
                "This is no passkey that was asked for; ask for the options again");
    }
}
