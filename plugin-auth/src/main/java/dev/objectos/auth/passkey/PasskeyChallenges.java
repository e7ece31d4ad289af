package dev.objectos.auth.passkey;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What authenticators are asked to sign. The client that asked carries a token for it in a cookie that scripts do not see; each
 * challenge is answered once, by that client.
 */
public final class PasskeyChallenges {

    static final String COOKIE = "objectos.passkey_challenge";

    private final OneTimeTokens tokens;
    private final Duration lifetime;
    private final Tokens challenges = new Tokens();

    public PasskeyChallenges(OneTimeTokens tokens, Duration lifetime) {
        this.tokens = tokens;
        this.lifetime = lifetime;
    }

    /** What it is to be answered for. */
    enum Purpose {

        REGISTRATION("passkey-registration"), SIGN_IN("passkey-sign-in");

        private final String token;

        Purpose(String token) {
            this.token = token;
        }
    }

    /** A challenge, base64url, and the header that gives the client its token. */
    record Issued(String challenge, String cookie) {}

    /**
     * A challenge that a client has come back with.
     *
     * @param account that it was made for; null: of anybody
     */
    record Answered(String challenge, @Nullable UUID account) {}

    Issued issue(Purpose purpose, @Nullable UUID account, HttpServletRequest request) {
        String challenge = challenges.next();
        String token = tokens.issue(purpose.token, account, challenge, lifetime);
        return new Issued(challenge, SessionCookie.cookie(COOKIE, token, lifetime, request));
    }

    /**
     * The challenge that the request's cookie stands for, which is used up by that.
     *
     * @throws PlatformException {@code CHALLENGE_NOT_FOUND}
     */
    Answered take(Purpose purpose, HttpServletRequest request) {
        String token = SessionCookie.value(request, COOKIE);
        return tokens.take(purpose.token, token == null ? "" : token)
                .map(found -> new Answered(found.payload(), found.account()))
                .orElseThrow(() -> new PlatformException(AuthError.CHALLENGE_NOT_FOUND,
                        "There is no challenge to answer any more; ask for the options again"));
    }
}
