package dev.objectos.auth.signin;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.session.NewLogin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something more that an account asks for after its first proof, before a session begins. */
public interface SecondStep {

    /** The member of the answer whose value the client brings back with the second step. */
    String TOKEN = "twoFactorToken";

    /** The cookie that carries the same. */
    String COOKIE = "objectos.two_factor";

    /** How long the second step may take. */
    Duration LIFETIME = Duration.ofMinutes(10);

    /** Whether the account asks for it after that first proof, of a client of which nothing is remembered. */
    boolean needed(Account account, String method);

    /**
     * Asks for it.
     *
     * @param device what the client remembers of earlier sign-ins; null: nothing
     * @return members of the answer that tell the client what to do, {@link #TOKEN} among them; empty where nothing more is asked of the account
     */
    Optional<Map<String, Object>> ask(Account account, NewLogin wanted, @Nullable String device);
}
