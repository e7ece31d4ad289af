package dev.objectos.auth.ldap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a directory whether a name and a password belong together, and who that is. */
final class Directory {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    /** Answers to a bind that say no; whatever else goes wrong is no judgement about the password. */
    private static final Set<ResultCode> NO = Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX, ResultCode.INAPPROPRIATE_AUTHENTICATION, ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM, ResultCode.INSUFFICIENT_ACCESS_RIGHTS);

    private static final int MOST_GROUPS = 1_000;
    private static final int LONGEST = 256;
    private static final long RETRY_AFTER = 30;
    private static final String OBJECT_GUID = "objectGUID";

    private final LdapSettings settings;

    Directory(LdapSettings settings) {
        this.settings = settings;
    }

    /**
     * Who has that name and that password.
     *
     * @return empty where nobody, or more than one, has
     * @throws PlatformException {@code UNAVAILABLE} where the directory gives no judgement
     */
    Optional<DirectoryPerson> recognise(String username, String password) {
        // A bind with a name and no password succeeds as nobody (RFC 4513, 5.1.2).
        if (password.isEmpty() || username.isBlank() || username.length() > LONGEST || password.length() > LONGEST
                || username.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try (LDAPConnection connection = DirectoryServers.connect(settings.servers())) {
            return switch (settings.lookup()) {
                case LdapSettings.Lookup.ByPattern(String pattern) -> byPattern(connection, pattern, username,
                        password);
                case LdapSettings.Lookup.ByPrincipal lookup -> byPrincipal(connection, lookup, username, password);
                case LdapSettings.Lookup.BySearch lookup -> bySearch(connection, lookup, username, password);
            };
        } catch (LDAPException e) {
            LOG.warn("The directory {} gives no answer: {} {}", settings.name(), e.getResultCode(),
                    e.getDiagnosticMessage() == null ? e.getMessage() : e.getDiagnosticMessage());
            throw unavailable(e);
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("The certificates for the directory {} cannot be used: {}", settings.name(), e.getMessage());
            throw unavailable(e);
        }
    }

    private static PlatformException unavailable(Exception cause) {
        return new PlatformException(RuntimeError.UNAVAILABLE,
                "The directory cannot be asked at the moment; try again later", cause).with("retryAfter", RETRY_AFTER);
    }

    private Optional<DirectoryPerson> byPattern(LDAPConnection connection, String pattern, String username,
            String password) throws LDAPException {
        String dn = pattern.replace("{username}", inDn(username));
        if (!DN.isValidDN(dn) || !proven(connection, dn, password)) {
            return Optional.empty();
        }
        SearchResultEntry entry = one(connection, dn, SearchScope.BASE, Filter.present("objectClass"));
        return entry == null ? Optional.empty() : Optional.of(person(connection, entry, username));
    }

    private Optional<DirectoryPerson> byPrincipal(LDAPConnection connection, LdapSettings.Lookup.ByPrincipal lookup,
            String username, String password) throws LDAPException {
        int at = username.indexOf('@');
        String principal = at < 0 ? username + "@" + lookup.domain() : username;
        if (!proven(connection, principal, password)) {
            return Optional.empty();
        }
        String account = at < 0 ? username : username.substring(0, at);
        Filter filter = filter(lookup.filter(), Map.of("principal", principal, "username", account));
        SearchResultEntry entry = one(connection, lookup.searchBase(), SearchScope.SUB, filter);
        return entry == null ? Optional.empty() : Optional.of(person(connection, entry, account));
    }

    private Optional<DirectoryPerson> bySearch(LDAPConnection connection, LdapSettings.Lookup.BySearch lookup,
            String username, String password) throws LDAPException {
        var service = new SimpleBindRequest(lookup.bindDn(), lookup.bindPassword());
        connection.bind(service);
        SearchResultEntry entry = one(connection, lookup.searchBase(), SearchScope.SUB,
                filter(lookup.filter(), Map.of("username", username)));
        // Whether somebody is called so takes as long to find out either way.
        String dn = entry == null ? "cn=nobody," + lookup.searchBase() : entry.getDN();
        if (!proven(connection, dn, password) || entry == null) {
            return Optional.empty();
        }
        connection.bind(service);
        return Optional.of(person(connection, entry, username));
    }

    private static boolean proven(LDAPConnection connection, String dn, String password) throws LDAPException {
        try {
            return connection.bind(new SimpleBindRequest(dn, password)).getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            if (NO.contains(e.getResultCode())) {
                return false;
            }
            throw e;
        }
    }

    /** The only entry that is found; null where none is, or several are. */
    private @Nullable SearchResultEntry one(LDAPConnection connection, String base, SearchScope scope, Filter filter)
            throws LDAPException {
        try {
            List<SearchResultEntry> found = search(connection, base, scope, filter, 2, wanted());
            return found.size() == 1 ? found.getFirst() : null;
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return null;
            }
            throw e;
        }
    }

    private List<SearchResultEntry> search(LDAPConnection connection, String base, SearchScope scope, Filter filter,
            int most, String... attributes) throws LDAPException {
        int seconds = Math.max(1, Math.toIntExact(settings.servers().timeout().toSeconds()));
        List<SearchResultEntry> found = connection.search(
                new SearchRequest(base, scope, DereferencePolicy.NEVER, most, seconds, false, filter, attributes))
                .getSearchEntries();
        return found == null ? List.of() : found;
    }

    private String[] wanted() {
        var wanted = new ArrayList<>(settings.attributes().subject());
        wanted.add(settings.attributes().email());
        wanted.add(settings.attributes().name());
        wanted.add("cn");
        if (settings.groups() instanceof LdapSettings.Groups.InAttribute(String attribute)) {
            wanted.add(attribute);
        }
        return wanted.toArray(String[]::new);
    }

    private DirectoryPerson person(LDAPConnection connection, SearchResultEntry entry, String username)
            throws LDAPException {
        LdapSettings.Attributes attributes = settings.attributes();
        String name = entry.getAttributeValue(attributes.name());
        String common = entry.getAttributeValue("cn");
        return new DirectoryPerson(subject(entry), entry.getAttributeValue(attributes.email()),
                name != null ? name : common != null ? common : username, groups(connection, entry, username));
    }

    private String subject(SearchResultEntry entry) throws LDAPException {
        for (String attribute : settings.attributes().subject()) {
            byte[] value = entry.getAttributeValueBytes(attribute);
            if (value != null && value.length > 0) {
                return attribute.equalsIgnoreCase(OBJECT_GUID) ? guid(value) : new String(value, UTF_8);
            }
        }
        return DN.normalize(entry.getDN());
    }

    /** As Active Directory's own tools write it: of the first three parts the low byte comes first. */
    private static String guid(byte[] bytes) {
        if (bytes.length != 2 * Long.BYTES) {
            throw new IllegalStateException("an objectGUID has 16 bytes, not " + bytes.length);
        }
        ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long high = Integer.toUnsignedLong(parts.getInt()) << Integer.SIZE
                | Integer.toUnsignedLong(Short.toUnsignedInt(parts.getShort()) << Short.SIZE
                        | Short.toUnsignedInt(parts.getShort()));
        return new UUID(high, parts.order(ByteOrder.BIG_ENDIAN).getLong()).toString();
    }

    private Set<String> groups(LDAPConnection connection, SearchResultEntry entry, String username)
            throws LDAPException {
        var names = new HashSet<String>();
        switch (settings.groups()) {
            case null -> {
            }
            case LdapSettings.Groups.InAttribute(String attribute) -> {
                String[] values = entry.getAttributeValues(attribute);
                for (String value : values == null ? new String[0] : values) {
                    names.addAll(GroupNames.of(value));
                }
            }
            case LdapSettings.Groups.BySearch(String base, String template, String attribute) -> {
                Filter filter = filter(template, Map.of("dn", entry.getDN(), "username", username));
                for (SearchResultEntry group : search(connection, base, SearchScope.SUB, filter, MOST_GROUPS,
                        attribute)) {
                    names.addAll(GroupNames.of(group.getDN()));
                    String name = group.getAttributeValue(attribute);
                    if (name != null) {
                        names.add(GroupNames.normal(name));
                    }
                }
            }
        }
        return names;
    }

    /** A filter with values in the place of names in braces; no character of a value means anything there. */
    static Filter filter(String template, Map<String, String> values) throws LDAPException {
        String filter = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filter = filter.replace("{" + value.getKey() + "}", inFilter(value.getValue()));
        }
        return Filter.create(filter);
    }

    /** Also braces, which could otherwise name the next place. */
    private static String inFilter(String value) {
        return Filter.encodeValue(value).replace("{", "\\7b").replace("}", "\\7d");
    }

    private static String inDn(String value) {
        return new RDN("x", value).toString().substring("x=".length());
    }
}
