package dev.objectos.runtime.plugin.grant;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Tells the addresses of the public internet from all others (IANA's registries of special-purpose addresses). */
final class PrivateAddresses {

    private PrivateAddresses() {}

    static boolean include(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address _ -> isPrivate4(bytes);
            case Inet6Address _ -> isPrivate6(bytes);
            default -> true;
        };
    }

    private static boolean isPrivate4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return first == 0 || first >= 240 // "this network", reserved, broadcast
                || first == 10 || first == 127 // private, loopback
                || first == 100 && second >= 64 && second < 128 // carriers' address translation
                || first == 169 && second == 254 // link-local, with the metadata services of clouds
                || first == 172 && second >= 16 && second < 32 // private
                || first == 192 && second == 168 // private
                || first == 192 && second == 0 && (third == 0 || third == 2) // protocols, documentation
                || first == 198 && (second == 18 || second == 19) // benchmarks
                || first == 198 && second == 51 && third == 100 || first == 203 && second == 0 && third == 113;
    }

    private static boolean isPrivate6(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (first == 0x20 && second == 0x02) {
            return isPrivate4(Arrays.copyOfRange(bytes, 2, 6)); // 6to4
        }
        if (first == 0 && second == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b) {
            return isPrivate4(Arrays.copyOfRange(bytes, 12, 16)); // 64:ff9b::/96 and what is beside it
        }
        boolean teredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean documentation = first == 0x20 && second == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
        // Global unicast is 2000::/3; unique local addresses, mapped ones and the rest are not.
        return (first & 0xe0) != 0x20 || teredo || documentation;
    }
}
