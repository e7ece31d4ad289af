package dev.objectos.auth.session;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The request that opens a WebSocket. A browser lets no page set its headers, so that the credential may be among the
 * sub-protocols; and it sends its cookie along whichever page asks it to.
 */
public final class Handshake {

    /** What stands before the credential among the sub-protocols. */
    private static final String CREDENTIAL = "objectos.bearer.";

    private Handshake() {}

    public static boolean is(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && "GET".equals(request.getMethod());
    }

    /** The credential among the sub-protocols; null: there is none. */
    static @Nullable String credential(HttpServletRequest request) {
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null) {
            for (String protocol : protocols.split(",", -1)) {
                if (protocol.strip().startsWith(CREDENTIAL)) {
                    return protocol.strip().substring(CREDENTIAL.length());
                }
            }
        }
        return null;
    }
}
