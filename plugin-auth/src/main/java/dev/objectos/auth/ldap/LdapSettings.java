package dev.objectos.auth.ldap;

import dev.objectos.auth.identity.Joining;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose people may sign in here.
 *
 * @param name what it is called in requests; {@code ldap} where it is the only one
 * @param groups null: nobody asks
 * @param rolesByGroup names of permission sets, by the name or the full DN of a group
 * @param trustEmail whether an e-mail address that it tells is known to be the person's
 */
public record LdapSettings(String name, Servers servers, Lookup lookup, Attributes attributes, @Nullable Groups groups,
        Map<String, Set<String>> rolesByGroup, boolean trustEmail, Joining joining) {

    public LdapSettings {
        rolesByGroup = Map.copyOf(rolesByGroup);
    }

    /** What it is called beside providers of other kinds, which may have the same name. */
    public String provider() {
        return name.equals("ldap") ? name : "ldap-" + name;
    }

    /**
     * How it is reached.
     *
     * @param urls of servers that know the same, {@code ldap://} or {@code ldaps://}; the next is tried where one does not answer
     * @param startTls whether an {@code ldap://} connection is encrypted before anything else is said
     * @param certificates PEM file of the authorities that sign its certificates; null: those that Java trusts
     * @param timeout for connecting, and for each answer
     */
    public record Servers(List<URI> urls, boolean startTls, @Nullable Path certificates, Duration timeout) {

        public Servers {
            urls = List.copyOf(urls);
        }
    }

    /** How somebody who gives a name and a password is found. */
    public sealed interface Lookup {

        /** By a name put together: {@code uid={username},ou=people,dc=example,dc=org}. */
        record ByPattern(String userDnPattern) implements Lookup {}

        /**
         * By the principal name of Active Directory, {@code name@domain}; the person's own entry is then searched.
         *
         * @param filter may hold {@code {principal}} and {@code {username}}
         */
        record ByPrincipal(String domain, String searchBase, String filter) implements Lookup {}

        /**
         * By a search of an account that may.
         *
         * @param filter holds {@code {username}}
         */
        record BySearch(String bindDn, String bindPassword, String searchBase, String filter) implements Lookup {

            @Override
            public String toString() {
                return "BySearch[bindDn=" + bindDn + ", searchBase=" + searchBase + ", filter=" + filter + "]";
            }
        }
    }

    /**
     * What the attributes of a person's entry are called.
     *
     * @param subject what never changes about a person; the first that is there counts, and where none is, the entry's name
     */
    public record Attributes(List<String> subject, String email, String name) {

        public static final Attributes USUAL = new Attributes(
                List.of("objectGUID", "entryUUID", "nsUniqueId", "ipaUniqueID"), "mail", "displayName");

        public Attributes {
            subject = List.copyOf(subject);
        }
    }

    /** Where the groups of a person are found. */
    public sealed interface Groups {

        /** In an attribute of the person that names them, such as {@code memberOf}. */
        record InAttribute(String attribute) implements Groups {}

        /**
         * By a search.
         *
         * @param filter may hold {@code {dn}} and {@code {username}}
         * @param attribute what a group is called in
         */
        record BySearch(String searchBase, String filter, String attribute) implements Groups {}
    }
}
