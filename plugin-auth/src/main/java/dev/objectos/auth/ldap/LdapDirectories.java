package dev.objectos.auth.ldap;

import java.util.List;

/** The directories that people can sign in with, as {@code providers.ldap} of {@code auth.config.yml} says. */
public record LdapDirectories(List<LdapSettings> directories) {

    static final LdapDirectories NONE = new LdapDirectories(List.of());

    public LdapDirectories {
        directories = List.copyOf(directories);
    }

    /** Whether people whom that provider has brought can still sign in with it. */
    public boolean knows(String provider) {
        return directories.stream().anyMatch(directory -> directory.provider().equals(provider));
    }
}
