package dev.objectos.auth.account;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody may decide about the members of a tenant; each rank may do what those before it may. */
public enum Rank {

    /** Nothing. */
    MEMBER,
    /** Everything but what concerns owners. */
    ADMINISTRATOR,
    /** Everything in their tenant, and about the tenant itself. */
    OWNER,
    /** Everything, in every tenant. */
    PLATFORM_ADMINISTRATOR;

    /** The role of those who own a tenant. */
    public static final String OWNER_ROLE = "owner";

    /** The role of those who administer it. */
    public static final String ADMINISTRATOR_ROLE = "admin";

    /** The role of everybody else, where nothing is said. */
    public static final String MEMBER_ROLE = "member";

    /** The rank that roles give by themselves. */
    public static Rank of(Set<String> roles) {
        if (roles.contains(OWNER_ROLE)) {
            return OWNER;
        }
        return roles.contains(ADMINISTRATOR_ROLE) ? ADMINISTRATOR : MEMBER;
    }

    /** @param member where the account is asked about; null: it is no member there */
    public static Rank of(Account account, @Nullable Membership member) {
        if (account.platformAdministrator()) {
            return PLATFORM_ADMINISTRATOR;
        }
        return member == null ? MEMBER : of(member.roles());
    }

    public boolean administers() {
        return this != MEMBER;
    }

    /** Whether it may change, shut out or act as somebody of the other rank. Nobody may with platform administrators. */
    public boolean mayTouch(Rank other) {
        return administers() && other != PLATFORM_ADMINISTRATOR && compareTo(other) >= 0;
    }

    /** Whether it may give, or take away, these roles. */
    public boolean mayGrant(Set<String> roles) {
        return administers() && compareTo(of(roles)) >= 0;
    }
}
