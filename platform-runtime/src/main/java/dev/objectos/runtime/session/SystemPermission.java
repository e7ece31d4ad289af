package dev.objectos.runtime.session;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do beyond records: rights with names, which permission sets grant under {@code system_permissions}. */
public enum SystemPermission {

    /** Makes, changes, invites, shuts out and removes members, and ends their sessions. */
    MANAGE_USERS(Holders.ADMINISTRATORS),
    /** Gives roles to members, and takes them away. */
    ASSIGN_ROLES(Holders.ADMINISTRATORS),
    /** Acts as a member. */
    IMPERSONATE(Holders.ADMINISTRATORS),
    /** Makes accounts for programs, and decides about the keys of others. */
    MANAGE_API_KEYS(Holders.ADMINISTRATORS),
    /** Reads the audit trail of the tenant. */
    VIEW_AUDIT(Holders.ADMINISTRATORS),
    /** Sees who may do what and why, and what a change of that would mean. */
    EXPLAIN_PERMISSIONS(Holders.ADMINISTRATORS),
    /** Adds fields to objects for the tenant alone. */
    CUSTOMIZE_OBJECTS(Holders.ADMINISTRATORS),
    /** Changes the name and the settings of the tenant. */
    MANAGE_ORGANIZATION(Holders.ADMINISTRATORS),
    /** Empties recycle bins, sees what files take up, and sees and ends what others have under way: imports and uploads. */
    MANAGE_DATA(Holders.ADMINISTRATORS),
    /** Opens records that it may read to others, and closes them, without a right to change them. */
    MANAGE_SHARING(Holders.ADMINISTRATORS),
    /** Takes records out as files. */
    EXPORT_DATA(Holders.EVERYBODY),
    /** Brings records in as files. */
    IMPORT_DATA(Holders.EVERYBODY),
    /** Calls with API keys. */
    API_ACCESS(Holders.EVERYBODY),
    /** Changes the metadata of all tenants, permissions among them. */
    MANAGE_METADATA(Holders.PLATFORM_ADMINISTRATORS),
    /** Adds plugins, removes them, and decides what they may do. */
    MANAGE_PLUGINS(Holders.PLATFORM_ADMINISTRATORS),
    /** Sees how triggers have run and what could not be delivered, and repeats it. */
    MANAGE_AUTOMATION(Holders.PLATFORM_ADMINISTRATORS),
    /** Sees how the server is doing: health, doctor, services, settings, measurements. */
    VIEW_SERVER(Holders.PLATFORM_ADMINISTRATORS);

    private final Holders holders;

    SystemPermission(Holders holders) {
        this.holders = holders;
    }

    /** Who has a right where no permission set speaks of it. */
    enum Holders {
        /** Everybody, until some set grants it: then its holders and administrators alone. */
        EVERYBODY,
        /** Whoever administers the tenant by a role. */
        ADMINISTRATORS,
        /** Nobody in a tenant: it is about the whole installation. */
        PLATFORM_ADMINISTRATORS
    }

    /** As files and answers spell it: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is spelled so. */
    public static Optional<SystemPermission> named(String word) {
        return Arrays.stream(values()).filter(permission -> permission.word().equals(word)).findFirst();
    }

    /** Whether it is about all tenants; it counts in the tenant alone that exists from the first start. */
    public boolean ofInstallation() {
        return holders == Holders.PLATFORM_ADMINISTRATORS;
    }

    /** Whether everybody has it for as long as no set grants it. */
    public boolean openUntilGranted() {
        return holders == Holders.EVERYBODY;
    }

    static Set<SystemPermission> ofEverybody() {
        return where(EnumSet.of(Holders.EVERYBODY));
    }

    static Set<SystemPermission> ofAdministrators() {
        return where(EnumSet.of(Holders.EVERYBODY, Holders.ADMINISTRATORS));
    }

    static Set<SystemPermission> all() {
        return where(EnumSet.allOf(Holders.class));
    }

    private static Set<SystemPermission> where(Set<Holders> holders) {
        return Collections.unmodifiableSet(Arrays.stream(values()).filter(one -> holders.contains(one.holders))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SystemPermission.class))));
    }
}
