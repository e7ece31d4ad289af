package dev.objectos.auth.signin;

import dev.objectos.auth.throttle.Throttle;
import dev.objectos.runtime.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing, whichever way in is tried and on whichever node. An attempt counts as failed until it has succeeded. Names are
 * treated alike whether or not somebody is called so.
 */
public final class SignInThrottle {

    private static final String ACCOUNT = "account";
    private static final String ADDRESS = "address";
    private static final String REFUSAL = "Too many attempts to sign in";

    private final Throttle throttle;
    private final ThrottleProperties properties;

    public SignInThrottle(Throttle throttle, ThrottleProperties properties) {
        this.throttle = throttle;
        this.properties = properties;
    }

    /**
     * Begins an attempt.
     *
     * @param name what is signed in as; letter case does not matter
     * @throws PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds, while the name or the address is blocked
     */
    public void begin(String name, @Nullable String ipAddress) {
        if (ipAddress != null) {
            throttle.attempt(ADDRESS, ipAddress, properties.ofAddresses(), REFUSAL);
        }
        throttle.attempt(ACCOUNT, name, properties.ofNames(), REFUSAL);
    }

    /** The attempt was right: what failed before on that name counts no more. */
    public void succeeded(String name, @Nullable String ipAddress) {
        throttle.clear(ACCOUNT, name);
        if (ipAddress != null) {
            throttle.takeBack(ADDRESS, ipAddress);
        }
    }

    /** Nobody could tell whether the attempt was right: it counts for nothing. */
    public void withdrawn(String name, @Nullable String ipAddress) {
        throttle.takeBack(ACCOUNT, name);
        if (ipAddress != null) {
            throttle.takeBack(ADDRESS, ipAddress);
        }
    }

    /** Its owner has shown who they are in another way: the name is blocked no longer. */
    public void unlock(String name) {
        throttle.clear(ACCOUNT, name);
    }
}
