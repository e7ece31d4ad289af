package dev.objectos.auth.recovery;

import dev.objectos.auth.session.Client;
import dev.objectos.auth.token.OneTimeTokens.OneTimeToken;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reason to ask the owner of an address to show that mail to it arrives, by following a link. */
public interface EmailProof {

    /** Of the tokens in its links. */
    String purpose();

    /** In which its owner was asked. */
    Locale language(OneTimeToken token);

    /** The owner has followed a link; its token is used up. @return members of the answer that say what came of it */
    Map<String, Object> shown(OneTimeToken token, Client client);

    /**
     * Asks again, in the background; does nothing where nothing is awaited of that address.
     *
     * @param callback where to send the owner on afterwards; null: nowhere
     */
    void askAgain(String email, @Nullable String callback);
}
