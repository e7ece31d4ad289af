package dev.objectos.auth.saml;

import dev.objectos.auth.identity.Joining;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider whose people may sign in here.
 *
 * @param name by which paths and requests know it; {@code saml} where it is the only one
 * @param entityId what it calls itself
 * @param ssoUrl where browsers are sent, by the redirect binding
 * @param certificates with one of whose keys it signs; what else they say is not looked at
 * @param ownEntityId what it knows this server as; null: the address of the metadata
 * @param rolesByGroup names of permission sets, by what the attribute for groups says
 * @param trustEmail whether an e-mail address that it tells is known to be the person's
 */
public record SamlProvider(String name, String entityId, URI ssoUrl, List<X509Certificate> certificates,
        @Nullable String ownEntityId, Attributes attributes, Map<String, Set<String>> rolesByGroup, boolean trustEmail,
        Joining joining) {

    public SamlProvider {
        certificates = List.copyOf(certificates);
        rolesByGroup = Map.copyOf(rolesByGroup);
    }

    /** What the attributes of an assertion are called; the first that is there counts. */
    public record Attributes(List<String> email, List<String> name, List<String> groups) {

        public static final Attributes USUAL = new Attributes(
                List.of("email", "mail", "urn:oid:0.9.2342.19200300.100.1.3",
                        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"),
                List.of("displayName", "name", "urn:oid:2.16.840.1.113730.3.1.241",
                        "http://schemas.microsoft.com/identity/claims/displayname",
                        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"),
                List.of("groups", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"));

        public Attributes {
            email = List.copyOf(email);
            name = List.copyOf(name);
            groups = List.copyOf(groups);
        }
    }

    /** What it is called beside providers of other kinds, which may have the same name. */
    public String provider() {
        return name.equals("saml") ? name : "saml-" + name;
    }
}
