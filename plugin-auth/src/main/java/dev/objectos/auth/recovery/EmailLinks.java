package dev.objectos.auth.recovery;

import dev.objectos.auth.link.Links;
import dev.objectos.auth.token.OneTimeTokens;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the links by which owners of addresses show that mail arrives. */
public final class EmailLinks {

    private static final Duration LIFETIME = Duration.ofHours(24);

    private final OneTimeTokens tokens;
    private final Links links;

    public EmailLinks(OneTimeTokens tokens, Links links) {
        this.tokens = tokens;
        this.links = links;
    }

    /**
     * A link that works once and for 24 hours.
     *
     * @param purpose of an {@link EmailProof}
     * @param account null: of nobody yet
     * @param callback where to send the owner on; null: nowhere
     */
    public String make(String purpose, @Nullable UUID account, String payload, @Nullable String callback) {
        var query = new LinkedHashMap<String, String>();
        query.put("token", tokens.issue(purpose, account, payload, LIFETIME));
        if (callback != null) {
            query.put("callbackURL", callback);
        }
        return links.to(ConfirmationController.PATH, query);
    }
}
