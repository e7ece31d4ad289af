package dev.objectos.auth.passkey;

import com.webauthn4j.util.Base64UrlUtil;
import dev.objectos.auth.account.Account;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What browsers are given to ask an authenticator with, in the JSON of WebAuthn level 3. */
public final class PasskeyOptions {

    private static final String TYPE = "public-key";

    private final RelyingParty party;
    private final Duration timeout;

    public PasskeyOptions(RelyingParty party, Duration timeout) {
        this.party = party;
        this.timeout = timeout;
    }

    /**
     * {@code PublicKeyCredentialCreationOptionsJSON}.
     *
     * @param known passkeys of the account; their authenticators make no second one
     * @param label what authenticators list it by; null: the account's address
     * @param attachment {@code platform} or {@code cross-platform}; null: whichever
     */
    Map<String, Object> creation(Account account, List<Passkey> known, String challenge, @Nullable String label,
            @Nullable String attachment) {
        var selection = new LinkedHashMap<String, Object>();
        selection.put("residentKey", "required");
        selection.put("requireResidentKey", true);
        selection.put("userVerification", "required");
        if (attachment != null) {
            selection.put("authenticatorAttachment", attachment);
        }
        var options = new LinkedHashMap<String, Object>();
        options.put("challenge", challenge);
        options.put("rp", Map.of("id", party.id(), "name", party.name()));
        options.put("user", Map.of("id", Base64UrlUtil.encodeToString(RelyingParty.handle(account.id())), "name",
                label == null ? account.email() : label, "displayName", account.name()));
        options.put("pubKeyCredParams", RelyingParty.ALGORITHMS.stream()
                .map(algorithm -> Map.of("type", TYPE, "alg", algorithm)).toList());
        options.put("timeout", timeout.toMillis());
        options.put("excludeCredentials", descriptors(known));
        options.put("authenticatorSelection", selection);
        options.put("attestation", "none");
        options.put("extensions", Map.of("credProps", true));
        return options;
    }

    /**
     * {@code PublicKeyCredentialRequestOptionsJSON}.
     *
     * @param allowed none: the authenticator finds those that it has for us
     */
    Map<String, Object> request(List<Passkey> allowed, String challenge) {
        var options = new LinkedHashMap<String, Object>();
        options.put("challenge", challenge);
        options.put("timeout", timeout.toMillis());
        options.put("rpId", party.id());
        options.put("allowCredentials", descriptors(allowed));
        options.put("userVerification", "required");
        return options;
    }

    private static List<Map<String, Object>> descriptors(List<Passkey> passkeys) {
        return passkeys.stream().map(passkey -> Map.<String, Object>of("id", passkey.credentialId(), "type", TYPE,
                "transports", passkey.transports())).toList();
    }
}
