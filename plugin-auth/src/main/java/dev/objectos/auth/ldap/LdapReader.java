package dev.objectos.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.objectos.auth.identity.Joining;
import dev.objectos.auth.provider.JoiningReader;
import dev.objectos.auth.provider.SafeAddress;
import dev.objectos.auth.provider.Section;
import dev.objectos.auth.provider.SectionReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code providers.ldap}: one directory, or several by name. */
public final class LdapReader implements SectionReader<LdapDirectories> {

    private static final String USERNAME = "{username}";

    @Override
    public Class<LdapDirectories> type() {
        return LdapDirectories.class;
    }

    @Override
    public LdapDirectories read(Section providers) {
        Section ldap = providers.section("ldap").orElse(null);
        if (ldap == null) {
            return LdapDirectories.NONE;
        }
        var read = new ArrayList<LdapSettings>();
        if (!ldap.list("url").isEmpty()) {
            add(ldap, read);
        } else {
            ldap.sections().forEach(one -> add(one, read));
        }
        return new LdapDirectories(read);
    }

    private static void add(Section section, List<LdapSettings> read) {
        if (section.switchedOff()) {
            return;
        }
        if (!section.name().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
            section.refuse("", "'" + section.name() + "' cannot be the name of a directory",
                    "use letters, digits, - and _");
        }
        Optional<LdapSettings.Lookup> lookup = lookup(section);
        LdapSettings.Groups groups = groups(section);
        var roles = new HashMap<String, Set<String>>();
        section.rolesByGroup("roleMapping").forEach((group, names) -> roles.put(group, Set.copyOf(names)));
        if (groups == null && !roles.isEmpty()) {
            section.refuse("roleMapping", "nothing says where the groups of a person are found",
                    "add groupSearchBase: …, or memberOfAttribute: memberOf");
        }
        LdapSettings.Servers servers = servers(section);
        LdapSettings.Attributes attributes = attributes(section);
        boolean trustEmail = section.flag("trustEmail", false);
        Joining joining = joining(section, groups != null);
        if (section.usable() && lookup.isPresent()) {
            read.add(new LdapSettings(section.name(), servers, lookup.get(), attributes, groups, roles, trustEmail,
                    joining));
        }
    }

    private static LdapSettings.Servers servers(Section section) {
        boolean startTls = section.flag("startTls", false);
        var urls = new ArrayList<URI>();
        for (String text : section.list("url")) {
            try {
                URI url = new URI(text);
                if (!isDirectory(url)) {
                    section.refuse("url", "'" + text + "' is not the address of a directory",
                            "write ldaps://host or ldap://host");
                } else if (!startTls && !SafeAddress.is(URI.create(text.replaceFirst("(?i)^ldap", "http")))) {
                    section.refuse("url", "passwords would go to " + url.getHost() + " for everybody to read",
                            "write ldaps://, or add startTls: true");
                }
                urls.add(url);
            } catch (URISyntaxException _) {
                section.refuse("url", "'" + text + "' is no address", "write ldaps://host");
            }
        }
        if (urls.isEmpty()) {
            section.refuse("url", section.path() + " needs 'url'", "add url: ldaps://…");
        }
        Path certificates = section.text("caCertificate").map(Path::of).orElse(null);
        if (certificates != null && !Files.isReadable(certificates)) {
            section.refuse("caCertificate", "the file " + certificates + " cannot be read", "write its full path");
        }
        return new LdapSettings.Servers(urls, startTls, certificates,
                Duration.ofSeconds(section.whole("timeoutSeconds", 5, 1, 60)));
    }

    private static boolean isDirectory(URI url) {
        String scheme = url.getScheme();
        String path = url.getRawPath();
        return url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null
                && (path == null || path.isEmpty() || path.equals("/"))
                && ("ldap".equalsIgnoreCase(scheme) || "ldaps".equalsIgnoreCase(scheme));
    }

    private static Optional<LdapSettings.Lookup> lookup(Section section) {
        Optional<String> pattern = section.text("userDnPattern");
        Optional<String> domain = section.text("domain");
        Optional<String> bindDn = section.text("bindDn");
        List<String> ways = List.of(pattern.isPresent() ? "userDnPattern" : "", domain.isPresent() ? "domain" : "",
                bindDn.isPresent() ? "bindDn" : "").stream().filter(way -> !way.isEmpty()).toList();
        if (ways.size() != 1) {
            section.refuse(ways.isEmpty() ? "" : ways.get(1), section.path() + (ways.isEmpty()
                    ? " does not say how a person is found"
                    : " says in several ways how a person is found: " + String.join(", ", ways)),
                    "keep one of userDnPattern, domain (Active Directory) and bindDn (an account that searches)");
            return Optional.empty();
        }
        if (pattern.isPresent()) {
            if (!pattern.get().contains(USERNAME) || !DN.isValidDN(pattern.get().replace(USERNAME, "x"))) {
                section.refuse("userDnPattern", "'" + pattern.get() + "' is no name of an entry with a place for "
                        + "the user name", "write such as uid={username},ou=people,dc=example,dc=org");
            }
            return Optional.of(new LdapSettings.Lookup.ByPattern(pattern.get()));
        }
        String base = base(section, "searchBase");
        if (domain.isPresent()) {
            return Optional.of(new LdapSettings.Lookup.ByPrincipal(domain.get(), base,
                    filter(section, "searchFilter", "(&(objectClass=user)(userPrincipalName={principal}))", USERNAME,
                            "{principal}")));
        }
        dn(section, "bindDn", bindDn.orElse(""));
        return Optional.of(new LdapSettings.Lookup.BySearch(bindDn.orElse(""), section.required("bindPassword"), base,
                filter(section, "searchFilter", "(uid={username})", USERNAME)));
    }

    private static LdapSettings.@Nullable Groups groups(Section section) {
        Optional<String> attribute = section.text("memberOfAttribute");
        if (section.text("groupSearchBase").isEmpty()) {
            return attribute.<LdapSettings.Groups>map(LdapSettings.Groups.InAttribute::new).orElse(null);
        }
        if (attribute.isPresent()) {
            section.refuse("memberOfAttribute", "groups are found by a search or in an attribute, not both",
                    "keep memberOfAttribute or groupSearchBase");
        }
        return new LdapSettings.Groups.BySearch(base(section, "groupSearchBase"),
                filter(section, "groupSearchFilter", "(member={dn})", "{dn}", USERNAME),
                section.text("groupAttribute", "cn"));
    }

    private static LdapSettings.Attributes attributes(Section section) {
        LdapSettings.Attributes usual = LdapSettings.Attributes.USUAL;
        Section written = section.section("attributes").orElse(null);
        if (written == null) {
            return usual;
        }
        List<String> subject = written.list("subject");
        return new LdapSettings.Attributes(subject.isEmpty() ? usual.subject() : subject,
                written.text("email", usual.email()), written.text("name", usual.name()));
    }

    /** Where groups are asked for, they hold as they are at each sign-in. */
    private static Joining joining(Section section, boolean grouped) {
        Joining read = JoiningReader.read(section, Joining.SignUp.YES);
        return new Joining(read.tenant(), read.roles(), read.signUp(), read.linkByEmail(),
                section.flag("syncRoles", grouped));
    }

    private static String base(Section section, String key) {
        String base = section.required(key);
        dn(section, key, base);
        return base;
    }

    private static void dn(Section section, String key, String text) {
        if (!DN.isValidDN(text)) {
            section.refuse(key, "'" + text + "' is no name of an entry", "write such as ou=people,dc=example,dc=org");
        }
    }

    /** @param places of which it has to have one */
    private static String filter(Section section, String key, String otherwise, String... places) {
        String filter = section.text(key, otherwise);
        var values = new HashMap<String, String>();
        for (String place : places) {
            values.put(place.substring(1, place.length() - 1), "x");
        }
        try {
            Directory.filter(filter, values);
        } catch (LDAPException _) {
            section.refuse(key, "'" + filter + "' is no filter (RFC 4515)", "check its brackets");
        }
        if (List.of(places).stream().noneMatch(filter::contains)) {
            section.refuse(key, "the filter finds the same for everybody",
                    "write " + String.join(" or ", places) + " where the person is meant");
        }
        return filter;
    }
}
