package dev.objectos.auth.recovery;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.OneTimeTokens.OneTimeToken;
import dev.objectos.runtime.PlatformException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What owners of addresses show by following links, whatever the reason; see {@link EmailProof}. */
public final class EmailProofs implements BackgroundTask {

    private static final String EMAIL = "email";
    private static final String CALLBACK = "callbackURL";

    private final List<EmailProof> proofs;
    private final OneTimeTokens tokens;
    private final BackgroundWork work;

    public EmailProofs(List<EmailProof> proofs, OneTimeTokens tokens, BackgroundWork work) {
        this.proofs = List.copyOf(proofs);
        this.tokens = tokens;
        this.work = work;
    }

    /** Whether a token can be used at the moment. */
    boolean usable(String token) {
        return proofs.stream().anyMatch(proof -> tokens.peek(proof.purpose(), token).isPresent());
    }

    /** The language in which the owner of a token was asked; empty where it cannot be used. */
    Optional<Locale> language(String token) {
        return proofs.stream().flatMap(proof -> tokens.peek(proof.purpose(), token).map(proof::language).stream())
                .findFirst();
    }

    /**
     * Uses a token up.
     *
     * @throws PlatformException {@code INVALID_TOKEN}
     */
    Map<String, Object> shown(String token, Client client) {
        for (EmailProof proof : proofs) {
            Optional<OneTimeToken> taken = tokens.take(proof.purpose(), token);
            if (taken.isPresent()) {
                return proof.shown(taken.get(), client);
            }
        }
        throw new PlatformException(AuthError.INVALID_TOKEN,
                "The link is too old or was used already; ask for another one at /api/auth/send-verification-email");
    }

    /** Asks the owner of an address again, where anything is awaited of them. */
    void askAgain(String email, @Nullable String callback) {
        var details = new HashMap<>(Map.of(EMAIL, email));
        if (callback != null) {
            details.put(CALLBACK, callback);
        }
        work.leave(kind(), details);
    }

    @Override
    public String kind() {
        return "send-verification-email";
    }

    @Override
    public void perform(Map<String, String> details) {
        proofs.forEach(proof -> proof.askAgain(details.getOrDefault(EMAIL, ""), details.get(CALLBACK)));
    }
}
