package dev.objectos.auth.ldap;

import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Connects to the first server of a directory that answers; encrypted connections go to nobody but the host that was meant. */
final class DirectoryServers {

    private static final int LDAP = 389;
    private static final int LDAPS = 636;
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    private DirectoryServers() {}

    /**
     * A connection on which nobody has said yet who they are.
     *
     * @throws LDAPException where no server answers
     * @throws GeneralSecurityException where the certificates cannot be used
     * @throws IOException where they cannot be read
     */
    static LDAPConnection connect(LdapSettings.Servers servers)
            throws LDAPException, GeneralSecurityException, IOException {
        SSLContext tls = encrypted(servers) ? context(servers.certificates()) : null;
        List<ServerSet> inOrder = new ArrayList<>();
        for (URI url : servers.urls()) {
            inOrder.add(server(url, servers, tls));
        }
        return new FailoverServerSet(inOrder).getConnection();
    }

    private static boolean encrypted(LdapSettings.Servers servers) {
        return servers.startTls() || servers.urls().stream().anyMatch(DirectoryServers::ldaps);
    }

    private static boolean ldaps(URI url) {
        return "ldaps".equalsIgnoreCase(url.getScheme());
    }

    private static ServerSet server(URI url, LdapSettings.Servers servers, @Nullable SSLContext tls) {
        SocketFactory sockets = SocketFactory.getDefault();
        PostConnectProcessor first = null;
        if (tls != null && ldaps(url)) {
            sockets = tls.getSocketFactory();
        } else if (tls != null && servers.startTls()) {
            first = new StartTLSPostConnectProcessor(tls);
        }
        int usual = ldaps(url) ? LDAPS : LDAP;
        return new SingleServerSet(url.getHost(), url.getPort() < 0 ? usual : url.getPort(), sockets,
                options(servers), null, first);
    }

    private static LDAPConnectionOptions options(LdapSettings.Servers servers) {
        int timeout = Math.toIntExact(servers.timeout().toMillis());
        var options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setConnectTimeoutMillis(timeout);
        options.setResponseTimeoutMillis(timeout);
        options.setFollowReferrals(false);
        options.setAutoReconnect(false);
        options.setBindWithDNRequiresPassword(true);
        options.setMaxMessageSize(MAX_ANSWER);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        return options;
    }

    private static SSLContext context(@Nullable Path certificates) throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates == null ? null : trusted(certificates));
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trusted(Path certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var file = Files.newInputStream(certificates)) {
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
        }
        return store;
    }
}
