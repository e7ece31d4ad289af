package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which addresses one plugin may ask.
 *
 * @param approved as its manifest names them
 * @param privateHosts names and addresses that an administrator has opened to plugins although they are private, in lower case
 */
record Reach(String plugin, List<ApprovedHost> approved, Supplier<Set<String>> privateHosts, Resolver resolver) {

    /** Finds the addresses of a name. */
    interface Resolver {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * Where it may be asked.
     *
     * @throws UnknownHostException where the name has no address
     */
    List<InetAddress> require(URI address) throws UnknownHostException {
        if (!ApprovedHost.isTls(address) && !"http".equalsIgnoreCase(address.getScheme())) {
            throw denied(address, "only http and https are spoken");
        }
        if (address.getRawUserInfo() != null) {
            throw denied(address, "an address carries no user; send a header");
        }
        List<ApprovedHost> covering = approved.stream().filter(host -> host.covers(address)).toList();
        if (covering.isEmpty()) {
            throw denied(address, "its manifest must ask for '" + asked(address)
                    + "' under permissions.network, and an administrator approve that");
        }
        List<InetAddress> found = List.of(resolver.resolve(ApprovedHost.nameOf(address)));
        if (covering.stream().noneMatch(ApprovedHost::saysThatItIsPrivate)) {
            requirePublic(address, found);
        }
        return found;
    }

    private void requirePublic(URI address, List<InetAddress> addresses) {
        Set<String> opened = privateHosts.get();
        if (opened.contains(ApprovedHost.nameOf(address))) {
            return;
        }
        for (InetAddress found : addresses) {
            if (PrivateAddresses.include(found) && !opened.contains(found.getHostAddress())) {
                throw denied(address,
                        "that is an address of a private network, and an administrator must name it under "
                                + "objectos.plugins.http.private-hosts");
            }
        }
    }

    private PlatformException denied(URI address, String why) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED,
                "The plugin " + plugin + " may not reach " + ApprovedHost.shown(address) + ": " + why);
    }

    private static String asked(URI address) {
        int port = ApprovedHost.portOf(address);
        boolean usual = ApprovedHost.isTls(address) && port == 443;
        return ApprovedHost.nameOf(address) + (usual ? "" : ":" + port);
    }
}
