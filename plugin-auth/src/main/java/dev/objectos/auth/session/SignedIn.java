package dev.objectos.auth.session;

import dev.objectos.auth.account.Account;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a request comes from, by whatever it brought to show it.
 *
 * @param session what it entitles to
 * @param login the sign-in whose token it brought; null: an API key or another credential that nobody signs out
 * @param expiresAt from when on it counts no more; null: never
 */
public record SignedIn(Session session, Account account, @Nullable LoginSession login, @Nullable Instant expiresAt) {

    /** The request attribute in which it is found. */
    public static final String ATTRIBUTE = "dev.objectos.auth.session.SignedIn";

    /**
     * Who the request comes from.
     *
     * @throws PlatformException {@code UNAUTHENTICATED} where nobody has signed in
     */
    public static SignedIn of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof SignedIn signedIn) {
            return signedIn;
        }
        throw new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first");
    }

    /**
     * The same, for what neither an administrator who acts as somebody else nor an API key may do.
     *
     * @throws PlatformException {@code PERMISSION_DENIED} for those
     */
    public static SignedIn inPerson(HttpServletRequest request) {
        SignedIn signedIn = of(request);
        if (signedIn.login() == null || signedIn.session().impersonator() != null) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "Only the person who has signed in may do this");
        }
        return signedIn;
    }

    /** The same person by a credential that is over at that time already. */
    public SignedIn until(Instant end) {
        return expiresAt != null && expiresAt.isBefore(end) ? this : new SignedIn(session, account, login, end);
    }

    boolean validAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
