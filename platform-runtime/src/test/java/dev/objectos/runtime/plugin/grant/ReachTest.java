package dev.objectos.runtime.plugin.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses the permissions of a plugin open. */
class ReachTest {

    private static Reach reach(String addressOfAll, Set<String> opened, String... approved) {
        return new Reach("acme-asks", Stream.of(approved).map(ApprovedHost::parse).toList(), () -> opened,
                _ -> new InetAddress[]{InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral(addressOfAll)});
    }

    private static void allows(Reach reach, String address) {
        assertThatCode(() -> reach.require(URI.create(address))).doesNotThrowAnyException();
    }

    private static void denies(Reach reach, String address, String words) {
        assertThatThrownBy(() -> reach.require(URI.create(address)))
                .isInstanceOfSatisfying(PlatformException.class,
                        denied -> assertThat(denied.code()).isEqualTo(RuntimeError.PERMISSION_DENIED))
                .hasMessageContaining(words);
    }

    @Test
    void opensTheHostsThatAreApprovedAndNoOthers() {
        Reach reach = reach("93.184.216.34", Set.of(), "api.acme.example", "*.cdn.example", "print.example:8631");
        allows(reach, "https://api.acme.example/v1?key=1");
        allows(reach, "https://API.acme.example.:443/");
        allows(reach, "https://a.b.cdn.example/");
        allows(reach, "http://print.example:8631/");
        allows(reach, "https://print.example:8631/");
        denies(reach, "http://api.acme.example/", "'api.acme.example:80' under permissions.network");
        denies(reach, "https://api.acme.example:8443/", "'api.acme.example:8443'");
        denies(reach, "https://cdn.example/", "'cdn.example'");
        denies(reach, "https://evilcdn.example/", "permissions.network");
        denies(reach, "https://api.acme.example.evil.example/", "permissions.network");
        denies(reach, "https://api.acme.example@evil.example/", "carries no user");
        denies(reach, "ftp://api.acme.example/", "only http and https");
        denies(reach, "https:///x", "permissions.network");
    }

    @Test
    void saysNothingOfWhatAnAddressHoldsBesideTheHost() {
        assertThatThrownBy(() -> reach("93.184.216.34", Set.of()).require(URI.create("https://x.example/p?token=t0p")))
                .hasMessageNotContaining("t0p").hasMessageContaining("https://x.example:443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.0", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1",
            "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "2001::1"})
    void refusesApprovedNamesWithAPrivateAddressAmongTheirs(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.include(InetAddress.ofLiteral(address))).isTrue();
        denies(reach(address, Set.of(), "api.acme.example"), "https://api.acme.example/", "private-hosts");
        allows(reach(address, Set.of(InetAddress.ofLiteral(address).getHostAddress()), "api.acme.example"),
                "https://api.acme.example/");
        allows(reach(address, Set.of("api.acme.example"), "api.acme.example"), "https://api.acme.example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "64:ff9b::101:101",
            "2002:101:101::"})
    void takesPublicAddresses(String address) {
        assertThat(PrivateAddresses.include(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void whoeverApprovesAnAddressSeesThatItIsPrivate() {
        allows(reach("10.1.2.3", Set.of(), "10.1.2.3:9000", "localhost:8080"), "http://10.1.2.3:9000/");
        allows(reach("127.0.0.1", Set.of(), "localhost:8080"), "http://localhost:8080/");
        denies(reach("127.0.0.1", Set.of(), "*.localhost:8080"), "http://a.localhost:8080/", "private-hosts");
    }
}
