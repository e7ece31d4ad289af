package dev.objectos.auth.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.objectos.auth.identity.Joining;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A directory in this process that speaks LDAP: some people, some groups, and an account that may search. */
final class TestingDirectory implements AutoCloseable {

    static final String PEOPLE = "ou=people,dc=example,dc=org";
    static final String GROUPS = "ou=groups,dc=example,dc=org";
    static final String SERVICE = "cn=service,dc=example,dc=org";
    static final String SECRET = "service secret";
    static final String PASSWORD = "directory secret";

    private final InMemoryDirectoryServer server;

    private TestingDirectory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static TestingDirectory start() throws Exception {
        return start(null);
    }

    /** @param tls with which connections are encrypted, at once at the listener {@code ldaps} or on demand; null: never */
    static TestingDirectory start(@Nullable SSLContext tls) throws Exception {
        var config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.setSchema(null);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        var plain = InMemoryListenerConfig.createLDAPConfig("ldap", loopback, 0,
                tls == null ? null : tls.getSocketFactory());
        if (tls == null) {
            config.setListenerConfigs(plain);
        } else {
            config.setListenerConfigs(plain, InMemoryListenerConfig.createLDAPSConfig("ldaps", loopback, 0,
                    tls.getServerSocketFactory(), tls.getSocketFactory()));
        }
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        config.addInMemoryOperationInterceptor(new Principals());
        var server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
        server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
        server.add("dn: " + SERVICE, "objectClass: applicationProcess", "cn: service", "userPassword: " + SECRET);
        server.startListening();
        return new TestingDirectory(server);
    }

    /** Somebody with {@link #PASSWORD}. */
    void person(String uid, String... more) throws Exception {
        var lines = new ArrayList<>(List.of("dn: uid=" + uid + "," + PEOPLE, "objectClass: inetOrgPerson",
                "uid: " + uid, "cn: " + uid, "userPassword: " + PASSWORD));
        lines.addAll(List.of(more));
        server.add(lines.toArray(String[]::new));
    }

    void group(String cn, String... uids) throws Exception {
        var lines = new ArrayList<>(List.of("dn: cn=" + cn + "," + GROUPS, "objectClass: groupOfNames",
                "cn: " + cn));
        for (String uid : uids) {
            lines.add("member: uid=" + uid + "," + PEOPLE);
        }
        server.add(lines.toArray(String[]::new));
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    URI url(String listener) {
        return URI.create(listener + "://127.0.0.1:" + server.getListenPort(listener));
    }

    LdapSettings.Servers servers() {
        return new LdapSettings.Servers(List.of(url("ldap")), false, null, Duration.ofSeconds(5));
    }

    static LdapSettings.Servers encrypted(URI url, boolean startTls, Path certificates) {
        return new LdapSettings.Servers(List.of(url), startTls, certificates, Duration.ofSeconds(5));
    }

    static LdapSettings.Lookup search(String filter) {
        return new LdapSettings.Lookup.BySearch(SERVICE, SECRET, PEOPLE, filter);
    }

    static LdapSettings settings(LdapSettings.Servers servers, LdapSettings.Lookup lookup) {
        return new LdapSettings("ldap", servers, lookup, LdapSettings.Attributes.USUAL,
                new LdapSettings.Groups.BySearch(GROUPS, "(member={dn})", "cn"),
                Map.of("Staff", Set.of("staff"), "cn=Bosses," + GROUPS, Set.of("boss", "staff")), true,
                new Joining(null, Set.of("everybody"), Joining.SignUp.YES, true, true));
    }

    /** As Active Directory does, takes {@code name@example.org} for the person of that name. */
    private static final class Principals extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest intercepted) {
            SimpleBindRequest request = intercepted.getRequest();
            String name = request.getBindDN();
            if (name.endsWith("@example.org")) {
                intercepted.setRequest(new SimpleBindRequest(
                        "uid=" + name.substring(0, name.indexOf('@')) + "," + PEOPLE,
                        request.getPassword().getValue()));
            }
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
