package dev.objectos.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.identity.Joining;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.provider.TestingConfiguration;
import dev.objectos.runtime.metadata.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code providers.ldap} may say. */
final class LdapReaderTest {

    @Test
    void readsADirectoryThatAnAccountSearches() {
        AuthConfigurations read = read("""
                providers:
                  ldap:
                    url: [ldaps://one.example.org, ldaps://two.example.org:3636]
                    bindDn: cn=service,dc=example,dc=org
                    bindPassword: ${LDAP_PASSWORD}
                    searchBase: ou=people,dc=example,dc=org
                    groupSearchBase: ou=groups,dc=example,dc=org
                    roleMapping: {Staff: [staff, reader], 'cn=Bosses,ou=groups,dc=example,dc=org': boss}
                    trustEmail: true
                    roles: [everybody]
                    tenant: acme
                """);
        assertThat(read.violations()).isEmpty();
        LdapSettings settings = only(read);
        assertThat(settings.provider()).isEqualTo("ldap");
        assertThat(settings.servers().urls()).hasSize(2);
        assertThat(settings.lookup()).isEqualTo(new LdapSettings.Lookup.BySearch("cn=service,dc=example,dc=org",
                "s3cret", "ou=people,dc=example,dc=org", "(uid={username})"));
        assertThat(settings.groups()).isEqualTo(
                new LdapSettings.Groups.BySearch("ou=groups,dc=example,dc=org", "(member={dn})", "cn"));
        assertThat(settings.rolesByGroup()).containsEntry("Staff", Set.of("staff", "reader"))
                .containsEntry("cn=Bosses,ou=groups,dc=example,dc=org", Set.of("boss"));
        assertThat(settings.joining())
                .isEqualTo(new Joining("acme", Set.of("everybody"), Joining.SignUp.YES, true, true));
    }

    @Test
    void readsSeveralByName() {
        AuthConfigurations read = read("""
                providers:
                  ldap:
                    corp:
                      url: ldap://ad.example.org
                      startTls: true
                      domain: example.org
                      searchBase: dc=example,dc=org
                      memberOfAttribute: memberOf
                      attributes: {email: userPrincipalName, subject: objectGUID}
                    people: {url: 'ldap://localhost:1389', userDnPattern: 'uid={username},dc=example,dc=org'}
                    off: {enabled: false, url: nonsense}
                """);
        assertThat(read.violations()).isEmpty();
        List<LdapSettings> found = read.get().get(LdapDirectories.class).directories();
        assertThat(found).extracting(LdapSettings::provider).containsExactly("ldap-corp", "ldap-people");
        assertThat(found.getFirst().lookup()).isEqualTo(new LdapSettings.Lookup.ByPrincipal("example.org",
                "dc=example,dc=org", "(&(objectClass=user)(userPrincipalName={principal}))"));
        assertThat(found.getFirst().attributes())
                .isEqualTo(new LdapSettings.Attributes(List.of("objectGUID"), "userPrincipalName", "displayName"));
        assertThat(found.getFirst().trustEmail()).isFalse();
        assertThat(found.getLast().groups()).isNull();
        assertThat(found.getLast().joining().syncRoles()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "url: ldap://ad.example.org, domain: example.org, searchBase: dc=x|for everybody to read",
            "url: https://ad.example.org, domain: example.org, searchBase: dc=x|not the address of a directory",
            "url: ldaps://u:p@ad.example.org, domain: example.org, searchBase: dc=x|not the address of a directory",
            "url: ldaps://ad.example.org|does not say how a person is found",
            "url: ldaps://a.example.org, domain: x, bindDn: dc=x, searchBase: dc=x|in several ways",
            "url: ldaps://a.example.org, bindDn: dc=x, searchBase: dc=x|needs 'bindPassword'",
            "url: ldaps://a.example.org, domain: x|needs 'searchBase'",
            "url: ldaps://a.example.org, domain: x, searchBase: nowhere|is no name of an entry",
            "url: ldaps://a.example.org, domain: x, searchBase: dc=x, searchFilter: '(uid={username}'|is no filter",
            "url: ldaps://a.example.org, domain: x, searchBase: dc=x, searchFilter: '(uid=*)'|the same for everybody",
            "url: ldaps://a.example.org, userDnPattern: 'uid=x,dc=y'|with a place for the user name",
            "url: ldaps://a.example.org, userDnPattern: '{username}@x'|with a place for the user name",
            "url: ldaps://a.example.org, domain: x, searchBase: dc=x, roleMapping: {A: b}|where the groups of a person",
            "url: ldaps://a.example.org, domain: x, searchBase: dc=x, caCertificate: /nowhere.pem|cannot be read",
            "url: ldaps://a.example.org, domain: x, searchBase: dc=x, timeoutSeconds: 0|from 1 to 60",
            "url: ldaps://a.example.org, domain: x, searchBase: dc=x, serachFilter: x|has no key 'serachFilter'"})
    void leavesOutAndReportsWhatIsWrong(String settings, String said) {
        AuthConfigurations read = read("providers:\n  ldap: {" + settings.replace(", ", ",\n    ") + "}\n");
        assertThat(read.get().get(LdapDirectories.class).directories()).isEmpty();
        assertThat(read.violations()).anySatisfy(violation -> {
            assertThat(violation.message()).contains(said);
            assertThat(violation.where().line()).isGreaterThan(1);
        });
    }

    @Test
    void isOffWhereTheSecretIsNotSet() {
        AuthConfigurations read = read("""
                providers:
                  ldap: {url: 'ldaps://a.example.org', bindDn: dc=x, bindPassword: '${NOT_SET}', searchBase: dc=x}
                """);
        assertThat(read.get().get(LdapDirectories.class).directories()).isEmpty();
        assertThat(read.violations()).hasSize(1).noneMatch(Violation::isError);
    }

    private static LdapSettings only(AuthConfigurations read) {
        List<LdapSettings> found = read.get().get(LdapDirectories.class).directories();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static AuthConfigurations read(String yaml) {
        return TestingConfiguration.read(yaml, Map.of("LDAP_PASSWORD", "s3cret"), new LdapReader());
    }
}
