package dev.objectos.auth.account;

import dev.objectos.runtime.session.Authority;
import java.util.Set;

/**
 * What somebody may decide about the members of a tenant: by their rank, or, where that is nothing, by the rights and within the bounds
 * that permission sets give them. Nobody gives what they do not have, and nobody reaches whoever has more.
 *
 * @param authority also bounds those who administer: some roles may be more than they are
 */
public record Standing(Rank rank, Authority authority) {

    /** Whether they may change, shut out or act as somebody. */
    public boolean mayTouch(Rank other, Set<String> roles) {
        return authority.reach().covers(roles) && (rank.administers() ? rank.mayTouch(other) : other == Rank.MEMBER);
    }

    /** Whether they may give, or take away, all of the roles; what everybody has, also those who only may make users. */
    public boolean mayGrant(Set<String> roles) {
        boolean given = authority.assigns(roles)
                || (authority.reach().covers(roles) && roles.equals(Set.of(Rank.MEMBER_ROLE)));
        return given && (rank.administers() ? rank.mayGrant(roles) : !Rank.of(roles).administers());
    }
}
