package dev.objectos.auth.provider;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** To which addresses secrets may go: by TLS, or to this very machine. */
public final class SafeAddress {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private SafeAddress() {}

    public static boolean is(URI address) {
        String scheme = address.getScheme();
        String host = address.getHost();
        if (scheme == null || host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return false;
        }
        return scheme.equalsIgnoreCase("https")
                || (scheme.equalsIgnoreCase("http") && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT)));
    }
}
