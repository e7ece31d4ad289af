package dev.objectos.runtime.plugin.grant;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host that a plugin may reach, as its manifest names it.
 *
 * @param name in lower case
 * @param below whether it stands for every name below, and not for itself
 * @param port {@link #TLS} where none is written
 */
record ApprovedHost(String name, boolean below, int port) {

    /** {@code https} at its usual port, and nothing else. */
    static final int TLS = -1;

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}");

    static ApprovedHost parse(String entry) {
        int colon = entry.lastIndexOf(':');
        String host = colon < 0 ? entry : entry.substring(0, colon);
        boolean below = host.startsWith("*.");
        return new ApprovedHost((below ? host.substring(2) : host).toLowerCase(Locale.ROOT), below,
                colon < 0 ? TLS : Integer.parseInt(entry.substring(colon + 1)));
    }

    boolean covers(URI address) {
        String host = nameOf(address);
        boolean named = below ? host.endsWith("." + name) : host.equals(name);
        return named && (port == TLS ? isTls(address) && portOf(address) == HTTPS : portOf(address) == port);
    }

    /** Whether whoever approved it could see that it is a machine of the own network. */
    boolean saysThatItIsPrivate() {
        return !below && (name.equals("localhost") || ADDRESS.matcher(name).matches());
    }

    /** In lower case and without the dot that may end it; empty where there is none. */
    static String nameOf(URI address) {
        String host = address.getHost();
        if (host == null) {
            return "";
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static int portOf(URI address) {
        return address.getPort() >= 0 ? address.getPort() : isTls(address) ? HTTPS : HTTP;
    }

    static boolean isTls(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    /** Without what may be secret: user, path and query. */
    static String shown(URI address) {
        return address.getScheme() + "://" + nameOf(address) + ":" + portOf(address);
    }
}
