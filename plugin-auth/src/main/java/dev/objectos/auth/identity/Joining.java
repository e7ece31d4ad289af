package dev.objectos.auth.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider may do for people whom it brings: the part of its configuration that all kinds of provider share.
 *
 * @param tenant slug of the tenant that it serves, where its people come to work; null: new people join the default tenant, and
 *        others work where they are members
 * @param roles names of permission sets that new people get beside those that the provider names
 * @param signUp whether people without an account get one
 * @param linkByEmail whether an account of the same address, verified on both sides, becomes theirs
 * @param syncRoles whether the roles in the tenant are set anew at each sign-in, to {@code roles} and those that the provider names
 */
public record Joining(@Nullable String tenant, Set<String> roles, SignUp signUp, boolean linkByEmail,
        boolean syncRoles) {

    public Joining {
        roles = Set.copyOf(roles);
    }

    /** Whether people without an account get one. */
    public enum SignUp {
        /** All of them: the provider serves nobody but people who belong here. */
        YES,
        /** None; somebody makes their accounts first. */
        NO,
        /** As the tenant's registration says. */
        AS_TENANT
    }
}
