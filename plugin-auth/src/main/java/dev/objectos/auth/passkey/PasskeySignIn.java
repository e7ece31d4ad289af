package dev.objectos.auth.passkey;

import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.util.Base64UrlUtil;
import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.runtime.PlatformException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs in by passkey. Having the device and having unlocked it are two factors, so that nothing more is asked; and a key cannot be
 * guessed, so that nobody is slowed down.
 */
public final class PasskeySignIn {

    /** How somebody is signed in who has used a passkey. */
    public static final String PASSKEY = "passkey";

    private final PasskeyStore passkeys;
    private final RelyingParty party;
    private final Accounts accounts;
    private final SignIn signIn;
    private final SecurityEvents events;

    public PasskeySignIn(PasskeyStore passkeys, RelyingParty party, Accounts accounts, SignIn signIn,
            SecurityEvents events) {
        this.passkeys = passkeys;
        this.party = party;
        this.accounts = accounts;
        this.signIn = signIn;
        this.events = events;
    }

    /**
     * Begins a session.
     *
     * @param response what the authenticator answers, an {@code AuthenticationResponseJSON}
     * @throws PlatformException {@code AUTHENTICATION_FAILED}, the same whatever is wrong with it
     */
    Logins.Fresh signIn(String response, PasskeyChallenges.Answered challenge, Client client) {
        AuthenticationData claimed = claimed(response, client);
        var id = claimed.getCredentialId();
        Optional<Passkey> known = id == null ? Optional.empty() : passkeys.find(Base64UrlUtil.encodeToString(id));
        if (known.isEmpty()) {
            throw refused(null, client, "unknown");
        }
        Passkey passkey = known.get();
        if (!owner(claimed, passkey, challenge)) {
            throw refused(passkey, client, "owner");
        }
        AuthenticatorData<?> data = verified(claimed, passkey, challenge.challenge(), client);
        if (!passkeys.used(passkey, data.getSignCount(), data.isFlagBS())) {
            throw cloned(passkey, client);
        }
        return signIn.finish(accounts.current(passkey.account()), PASSKEY, null, client);
    }

    private AuthenticationData claimed(String response, Client client) {
        try {
            return party.claimed(response);
        } catch (RelyingParty.UnacceptableException e) {
            throw refused(null, client, e.reason());
        }
    }

    /** Who was not known before says who they are by the handle; who was, need not. */
    private static boolean owner(AuthenticationData claimed, Passkey passkey, PasskeyChallenges.Answered challenge) {
        boolean asked = challenge.account() != null;
        var handle = claimed.getUserHandle();
        return (!asked || passkey.account().equals(challenge.account()))
                && (handle == null ? asked : Arrays.equals(handle, RelyingParty.handle(passkey.account())));
    }

    private AuthenticatorData<?> verified(AuthenticationData claimed, Passkey passkey, String challenge,
            Client client) {
        try {
            return party.verified(claimed, passkey, challenge);
        } catch (RelyingParty.UnacceptableException e) {
            throw e.isCopy() ? cloned(passkey, client) : refused(passkey, client, e.reason());
        }
    }

    private PlatformException cloned(Passkey passkey, Client client) {
        events.emit("passkey.cloned", passkey.account(), null, client, Map.of("passkey", passkey.id().toString()));
        return refused(passkey, client, "counter");
    }

    private PlatformException refused(@Nullable Passkey passkey, Client client, String reason) {
        events.emit("sign-in.failed", passkey == null ? null : passkey.account(), null, client,
                Map.of("method", PASSKEY, "reason", reason));
        return new PlatformException(AuthError.AUTHENTICATION_FAILED, "Nobody can be signed in with this passkey");
    }
}
