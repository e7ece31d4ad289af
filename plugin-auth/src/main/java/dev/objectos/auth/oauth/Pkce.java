package dev.objectos.auth.oauth;

import dev.objectos.auth.token.Tokens;
import java.util.Base64;

/** Proof that whoever brings a code has asked for it (RFC 7636). */
final class Pkce {

    private Pkce() {}

    /** What the provider is shown of a verifier at first. */
    static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.digest(verifier));
    }
}
