package dev.objectos.runtime.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as the server itself knows it: proxies count only as far as they are configured.
 *
 * @param ipAddress of the caller
 * @param userAgent what the caller's program says of itself, at most {@value #LONGEST} characters
 * @param requestId what the request is called in answers and logs
 */
public record RequestOrigin(@Nullable String ipAddress, @Nullable String userAgent, @Nullable String requestId) {

    /** Of the request under way; not bound where something is done that nobody is waiting for. */
    public static final ScopedValue<RequestOrigin> CURRENT = ScopedValue.newInstance();

    private static final int LONGEST = 500;
    private static final RequestOrigin NONE = new RequestOrigin(null, null, null);

    public RequestOrigin {
        userAgent = userAgent == null || userAgent.length() <= LONGEST ? userAgent : userAgent.substring(0, LONGEST);
    }

    /** Where the request under way came from; all null where there is none. */
    public static RequestOrigin current() {
        return CURRENT.isBound() ? CURRENT.get() : NONE;
    }
}
