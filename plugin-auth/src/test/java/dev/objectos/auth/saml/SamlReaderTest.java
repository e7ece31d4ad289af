package dev.objectos.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.identity.Joining;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.provider.TestingConfiguration;
import dev.objectos.runtime.metadata.Violation;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code providers.saml} may say. */
final class SamlReaderTest {

    @Test
    void readsOneOrSeveral(@TempDir Path folder) throws Exception {
        String certificate = new TestingIdentityProvider(folder).certificate();
        AuthConfigurations one = read("""
                providers:
                  saml:
                    entityId: https://idp.example.org
                    ssoUrl: https://idp.example.org/sso
                    certificate: |
                      -----BEGIN CERTIFICATE-----
                      %s
                      -----END CERTIFICATE-----
                    attributes: {groups: memberOf}
                    roleMapping: {Staff: [staff]}
                """.formatted(certificate));
        assertThat(one.violations()).isEmpty();
        SamlProvider provider = one.get().get(SamlProviders.class).named("saml");
        assertThat(provider.provider()).isEqualTo("saml");
        assertThat(provider.ssoUrl()).isEqualTo(URI.create("https://idp.example.org/sso"));
        assertThat(provider.certificates()).hasSize(1);
        assertThat(provider.attributes().groups()).containsExactly("memberOf");
        assertThat(provider.attributes().email()).contains("email", "mail");
        assertThat(provider.rolesByGroup()).isEqualTo(Map.of("Staff", Set.of("staff")));
        assertThat(provider.joining().signUp()).isEqualTo(Joining.SignUp.AS_TENANT);
        AuthConfigurations several = read("""
                providers:
                  saml:
                    a: {entityId: x, ssoUrl: 'https://a.example.org', certificate: %1$s}
                    b: {entityId: y, ssoUrl: 'https://b.example.org', certificate: %1$s, enabled: false}
                """.formatted(certificate));
        assertThat(several.violations()).isEmpty();
        assertThat(several.get().get(SamlProviders.class).providers()).extracting(SamlProvider::provider)
                .containsExactly("saml-a");
    }

    @Test
    void isOffWithoutTheCertificateThatWouldShowWhoSpeaks() {
        AuthConfigurations read = read("""
                providers:
                  saml:
                    entityId: https://example.com
                    ssoUrl: https://idp.example.com/sso
                """);
        assertThat(read.get().get(SamlProviders.class).providers()).isEmpty();
        assertThat(read.violations()).hasSize(1).noneMatch(Violation::isError);
        assertThat(read.violations().getFirst().message()).contains("providers.saml is off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ssoUrl: 'https://a.example.org', certificate: AAAA|certificate cannot be read",
            "ssoUrl: 'http://a.example.org'|begins with https", "ssoUrl: 'https://a.example.org'|needs 'entityId'",
            "ssoUrl: 'https://a.example.org', entityId: x, cert: x|has no key 'cert'"})
    void leavesOutAndReportsWhatIsWrong(String settings, String said) {
        AuthConfigurations read = read("providers:\n  saml: {" + settings + "}\n");
        assertThat(read.get().get(SamlProviders.class).providers()).isEqualTo(List.of());
        assertThat(read.violations()).anySatisfy(violation -> assertThat(violation.message()).contains(said));
    }

    private static AuthConfigurations read(String yaml) {
        return TestingConfiguration.read(yaml, Map.of(), new SamlReader());
    }
}
