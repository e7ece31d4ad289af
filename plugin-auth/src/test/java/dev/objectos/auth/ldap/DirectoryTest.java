package dev.objectos.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.File;
import java.io.FileInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a directory says of names and passwords, over real connections. */
final class DirectoryTest {

    private static final String BY_UID = "(&(objectClass=inetOrgPerson)(uid={username}))";

    @SuppressWarnings("NullAway.Init")
    private static TestingDirectory directory;

    @BeforeAll
    static void start() throws Exception {
        directory = TestingDirectory.start();
        directory.person("ada", "mail: ada@example.org", "displayName: Ada Lovelace");
        directory.person("bob");
        directory.person("odd\\, one", "mail: odd@example.org");
        directory.person("twin1", "employeeNumber: 7");
        directory.person("twin2", "employeeNumber: 7");
        directory.person("jo", "userPrincipalName: jo@example.org", "sAMAccountName: jo",
                "objectGUID:: " + Base64.getEncoder().encodeToString(new byte[]{0x33, 0x22, 0x11, 0x00, 0x55, 0x44,
                        0x77, 0x66, (byte) 0x88, (byte) 0x99, (byte) 0xaa, (byte) 0xbb, (byte) 0xcc, (byte) 0xdd,
                        (byte) 0xee, (byte) 0xff}),
                "memberOf: CN=Bosses," + TestingDirectory.GROUPS);
        directory.group("Staff", "ada", "bob");
        directory.group("Bosses", "ada");
    }

    @AfterAll
    static void stop() {
        directory.close();
    }

    @Test
    void findsSomebodyByASearchAndKnowsTheirGroups() {
        DirectoryPerson ada = search(BY_UID).recognise("ada", TestingDirectory.PASSWORD).orElseThrow();
        assertThat(UUID.fromString(ada.subject())).as("the entry's own id").isNotNull();
        assertThat(ada.email()).isEqualTo("ada@example.org");
        assertThat(ada.name()).isEqualTo("Ada Lovelace");
        assertThat(ada.groups()).contains("staff", "bosses");
        assertThat(GroupNames.roles(settings(TestingDirectory.search(BY_UID)).rolesByGroup(), ada.groups()))
                .containsExactlyInAnyOrder("boss", "staff");
    }

    @Test
    void callsSomebodyByTheirCommonNameWhereTheyHaveNoOther() {
        DirectoryPerson bob = search(BY_UID).recognise("bob", TestingDirectory.PASSWORD).orElseThrow();
        assertThat(bob.name()).isEqualTo("bob");
        assertThat(bob.email()).isNull();
        assertThat(bob.groups()).contains("staff").doesNotContain("bosses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "ad*", "ada)(uid=*", "*)(|(uid=*", "ada)(&", "nobody", "ada\\2a", "(ada)",
            "{username}",
            "ada\u0000", " "})
    void takesNoNameForAFilter(String name) {
        assertThat(search(BY_UID).recognise(name, TestingDirectory.PASSWORD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", " ", "*", "directory secret "})
    void refusesWhatIsNotThePassword(String password) {
        assertThat(search(BY_UID).recognise("ada", password)).isEmpty();
        assertThat(pattern().recognise("ada", password)).isEmpty();
    }

    @Test
    void takesNobodyForOneOfSeveral() {
        assertThat(search("(employeeNumber={username})").recognise("7", TestingDirectory.PASSWORD)).isEmpty();
    }

    @Test
    void putsNamesTogetherSoThatNoCharacterMeansAnything() {
        assertThat(pattern().recognise("ada", TestingDirectory.PASSWORD)).isPresent();
        assertThat(pattern().recognise("odd, one", TestingDirectory.PASSWORD)).isPresent()
                .get().extracting(DirectoryPerson::email).isEqualTo("odd@example.org");
        assertThat(pattern().recognise("ada," + TestingDirectory.PEOPLE + "+x=", TestingDirectory.PASSWORD)).isEmpty();
        assertThat(new Directory(settings(new LdapSettings.Lookup.ByPattern("cn={username},dc=example,dc=org")))
                .recognise("x,uid=ada,ou=people", TestingDirectory.PASSWORD)).isEmpty();
    }

    @Test
    void knowsPrincipalsOfActiveDirectory() {
        var settings = new LdapSettings("ldap", directory.servers(),
                new LdapSettings.Lookup.ByPrincipal("example.org", TestingDirectory.PEOPLE,
                        "(userPrincipalName={principal})"),
                LdapSettings.Attributes.USUAL, new LdapSettings.Groups.InAttribute("memberOf"), Map.of(), false,
                settings(TestingDirectory.search(BY_UID)).joining());
        DirectoryPerson jo = new Directory(settings).recognise("jo", TestingDirectory.PASSWORD).orElseThrow();
        assertThat(jo.subject()).isEqualTo("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(jo.groups()).containsExactlyInAnyOrder("bosses", GroupNames.normal("cn=bosses,"
                + TestingDirectory.GROUPS));
        assertThat(new Directory(settings).recognise("jo@example.org", TestingDirectory.PASSWORD)).contains(jo);
        assertThat(new Directory(settings).recognise("jo@elsewhere.org", TestingDirectory.PASSWORD)).isEmpty();
        assertThat(new Directory(settings).recognise("jo", "wrong")).isEmpty();
    }

    @Test
    void namesThePersonByTheEntryWhereItHasNoIdOfItsOwn() {
        var attributes = new LdapSettings.Attributes(List.of("nsUniqueId"), "mail", "displayName");
        LdapSettings usual = settings(TestingDirectory.search(BY_UID));
        var settings = new LdapSettings("ldap", usual.servers(), usual.lookup(), attributes, null, Map.of(), true,
                usual.joining());
        assertThat(new Directory(settings).recognise("ada", TestingDirectory.PASSWORD).orElseThrow().subject())
                .isEqualTo("uid=ada," + TestingDirectory.PEOPLE);
    }

    @Test
    void saysThatItCannotAskRatherThanThatThePasswordIsWrong() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI gone = URI.create("ldap://127.0.0.1:" + port);
        var servers = new LdapSettings.Servers(List.of(gone), false, null, Duration.ofSeconds(1));
        unavailable(TestingDirectory.settings(servers, TestingDirectory.search(BY_UID)));
        unavailable(settings(new LdapSettings.Lookup.BySearch(TestingDirectory.SERVICE, "changed",
                TestingDirectory.PEOPLE, BY_UID)));
        unavailable(settings(new LdapSettings.Lookup.BySearch(TestingDirectory.SERVICE, TestingDirectory.SECRET,
                "ou=moved,dc=example,dc=org", BY_UID)));
        var either = new LdapSettings.Servers(List.of(gone, directory.url("ldap")), false, null,
                Duration.ofSeconds(5));
        assertThat(new Directory(TestingDirectory.settings(either, TestingDirectory.search(BY_UID))).recognise("ada",
                TestingDirectory.PASSWORD)).as("the next server").isPresent();
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        try (var silent = new ServerSocket(0, 1)) {
            var servers = new LdapSettings.Servers(
                    List.of(URI.create("ldap://127.0.0.1:" + silent.getLocalPort())), false, null,
                    Duration.ofMillis(200));
            unavailable(TestingDirectory.settings(servers, TestingDirectory.search(BY_UID)));
        }
    }

    @Test
    void trustsNoCertificateButThoseItIsTold(@TempDir Path folder) throws Exception {
        File store = folder.resolve("store.jks").toFile();
        SelfSignedCertificateGenerator.generateSelfSignedCertificate("test", store, "secret", "JKS", "server");
        KeyStore keys = KeyStore.getInstance("JKS");
        try (var file = new FileInputStream(store)) {
            keys.load(file, "secret".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        Path trusted = Files.writeString(folder.resolve("authority.pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n");
        try (TestingDirectory encrypted = TestingDirectory.start(tls)) {
            encrypted.person("ada");
            for (boolean startTls : Set.of(true, false)) {
                URI url = encrypted.url(startTls ? "ldap" : "ldaps");
                assertThat(new Directory(TestingDirectory.settings(TestingDirectory.encrypted(url, startTls, trusted),
                        TestingDirectory.search(BY_UID))).recognise("ada", TestingDirectory.PASSWORD))
                        .as("%s", url).isPresent();
                unavailable(TestingDirectory.settings(
                        new LdapSettings.Servers(List.of(url), startTls, null, Duration.ofSeconds(5)),
                        TestingDirectory.search(BY_UID)));
            }
            unavailable(TestingDirectory.settings(TestingDirectory.encrypted(encrypted.url("ldaps"), false,
                    folder.resolve("missing.pem")), TestingDirectory.search(BY_UID)));
        }
        unavailable(TestingDirectory.settings(TestingDirectory.encrypted(directory.url("ldap"), true, trusted),
                TestingDirectory.search(BY_UID)));
    }

    @Test
    void neverWritesTheServicePassword() {
        assertThat(settings(TestingDirectory.search(BY_UID)).toString()).doesNotContain(TestingDirectory.SECRET);
    }

    private static void unavailable(LdapSettings settings) {
        assertThatThrownBy(() -> new Directory(settings).recognise("ada", TestingDirectory.PASSWORD))
                .isInstanceOfSatisfying(PlatformException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RuntimeError.UNAVAILABLE);
                    assertThat(refused.message()).doesNotContain("example", "127.0.0.1");
                });
    }

    private static Directory search(String filter) {
        return new Directory(settings(TestingDirectory.search(filter)));
    }

    private static Directory pattern() {
        return new Directory(settings(new LdapSettings.Lookup.ByPattern("uid={username}," + TestingDirectory.PEOPLE)));
    }

    private static LdapSettings settings(LdapSettings.Lookup lookup) {
        return TestingDirectory.settings(directory.servers(), lookup);
    }
}
