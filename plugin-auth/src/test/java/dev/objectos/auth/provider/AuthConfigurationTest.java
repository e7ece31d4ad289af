package dev.objectos.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.oauth.OAuthReader;
import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.auth.provider.AuthConfigurationReader.Result;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.Spelling;
import dev.objectos.runtime.metadata.yaml.WrittenYaml;
import dev.objectos.runtime.spi.ConfigurationFiles.ConfigurationFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code auth.config.yml} may say, and what it is told that it must not. */
final class AuthConfigurationTest {

    private static final Map<String, String> VARIABLES = Map.of("GOOGLE_CLIENT_ID", "g", "GOOGLE_CLIENT_SECRET", "s");

    private static final String PLAN = """
            # auth.config.yml
            providers:
              local:
                enabled: true
                passwordPolicy:
                  minLength: 8
                  requireUppercase: true
                  requireNumbers: true

              oauth2:
                google:
                  clientId: ${GOOGLE_CLIENT_ID}
                  clientSecret: ${GOOGLE_CLIENT_SECRET}

                github:
                  clientId: ${GITHUB_CLIENT_ID}
                  clientSecret: ${GITHUB_CLIENT_SECRET}

              saml:
                entityId: https://example.com
                ssoUrl: https://idp.example.com/sso
            """;

    @Test
    void loadsThePlansOwnExample() {
        Result read = read(PLAN);
        assertThat(read.isFlawless()).isTrue();
        PasswordPolicy policy = read.configuration().local().policy();
        assertThat(policy.minLength()).isEqualTo(8);
        assertThat(policy.requireUppercase()).isTrue();
        assertThat(policy.requireNumbers()).isTrue();
        assertThat(policy.requireSymbols()).isFalse();
        assertThat(providers(read)).containsExactly("google");
    }

    @Test
    void switchesOffWhatLacksAVariableAndSaysSo() {
        assertThat(said(read(PLAN))).contains(
                "auth.config.yml:16:17: warning: providers.oauth2.github is off: the variable GITHUB_CLIENT_ID is not set (set it in the environment, or take the section out)");
        assertThat(providers(read("""
                providers:
                  oauth2:
                    google: {clientId: "${NOWHERE:own}", clientSecret: x}
                    github: {enabled: false, clientId: "${NOWHERE}"}
                """))).containsExactly("google");
    }

    @Test
    void namesEverythingThatIsWrongWithItsPlace() {
        Result read = read("""
                providrs: {}
                providers:
                  local:
                    enabled: maybe
                    passwordPolicy: {minLenght: 12, minLength: many}
                  oauth2:
                    google: {clientId: x, clientSecret: y, redirect: z}
                    own: {clientId: x, clientSecret: y}
                  oidc:
                    company: {clientId: x, clientSecret: y, issuer: "http://idp.example.com", signUp: perhaps}
                    other: [1]
                  kerberos: {}
                """);
        assertThat(said(read)).anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:1:1: error:")
                .contains("has no key 'providrs'", "did you mean 'providers'?"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:4:14").contains("true or false"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:5:22")
                        .contains("no key 'minLenght'", "did you mean 'minLength'?"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:5:48").contains("whole number"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:7:44").contains("'redirect'"))
                .anySatisfy(line -> assertThat(line).contains("providers.oauth2.own needs 'tokenUrl'"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:10:53").contains("https://"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:10:87")
                        .contains("does not know 'perhaps'", "as-tenant"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:11:12").contains("must be a map"))
                .anySatisfy(line -> assertThat(line).startsWith("auth.config.yml:12:3").contains("'kerberos'"));
        assertThat(providers(read)).as("what is wrong is left out").isEmpty();
        assertThat(read.configuration().local().enabled()).isTrue();
    }

    @Test
    void letsTheAdministratorHaveTheLastWord() {
        Result read = read("""
                providers:
                  oauth2:
                    google: {clientId: plugin, clientSecret: x, label: Google}
                    github: {clientId: x, clientSecret: y}
                """, """
                providers:
                  oauth2:
                    google: {clientId: own}
                    github: {enabled: false}
                """);
        assertThat(providers(read)).containsExactly("google");
        Object settings = read.configuration().get(new OAuthReader().type());
        assertThat(settings.toString()).contains("id=own", "label=Google")
                .as("no secret where values are printed").doesNotContain("clientSecret", "secret=");
    }

    @Test
    void readsWhatIsNoYamlAsNothing() {
        Result read = read("providers: [");
        assertThat(read.isFlawless()).isFalse();
        assertThat(providers(read)).isEmpty();
        assertThat(read("just text").isFlawless()).isFalse();
        assertThat(read().isFlawless()).isTrue();
        assertThat(read().configuration().local().enabled()).isTrue();
    }

    private static List<String> said(Result read) {
        return read.violations().stream().map(Violation::toString).toList();
    }

    private static List<String> providers(Result read) {
        Object settings = read.configuration().get(new OAuthReader().type());
        return new ArrayList<>(names(settings.toString()));
    }

    /** The settings are another package's own; their names stand in what they print. */
    private static List<String> names(String settings) {
        return java.util.regex.Pattern.compile("OAuthProvider\\[name=([^,]+),").matcher(settings).results()
                .map(found -> found.group(1)).toList();
    }

    private static Result read(String... files) {
        var found = new ArrayList<ConfigurationFile>();
        for (String file : files) {
            var violations = new ArrayList<Violation>();
            var content = WrittenYaml.read("auth", "auth.config.yml", file.getBytes(StandardCharsets.UTF_8),
                    violations::add);
            found.add(new ConfigurationFile("auth.config.yml", true, content, violations));
        }
        return new AuthConfigurationReader(List.of(new OAuthReader()), VARIABLES::get, Spelling::suggest).read(found);
    }
}
