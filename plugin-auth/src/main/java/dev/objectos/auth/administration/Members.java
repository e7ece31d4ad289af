package dev.objectos.auth.administration;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.session.Logins;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The members of tenants, and what may become of them. Nobody changes somebody of a higher rank, nor a platform administrator, nor
 * themselves; and a tenant keeps an administrator, and an owner if it has one. Changes of one tenant come one after the other.
 */
public final class Members {

    private final AccountRepository accounts;
    private final MembershipRepository memberships;
    private final Accounts people;
    private final Logins logins;
    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;

    public Members(AccountRepository accounts, MembershipRepository memberships, Accounts people, Logins logins,
            DataSource worker, TransactionOperations transactions, Clock clock) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.people = people;
        this.logins = logins;
        this.database = JdbcClient.create(worker);
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All of a tenant, the longest first. */
    public List<Member> of(UUID tenant) {
        return memberships.findByTenantIdOrderByCreatedAtAscAccountIdAsc(tenant).stream()
                .filter(member -> !member.visiting()).flatMap(member -> complete(member).stream()).toList();
    }

    /**
     * A member by the record in the tenant's user object.
     *
     * @throws PlatformException {@code RESOURCE_NOT_FOUND}, the same for an id that is none, that nobody has, and of another tenant
     */
    public Member get(UUID tenant, String user) {
        return FieldValues.id(user).flatMap(id -> memberships.findByTenantIdAndUserId(tenant, id))
                .filter(member -> !member.visiting()).flatMap(this::complete).orElseThrow(
                        () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such user"));
    }

    /** The member that an account is; as above. */
    public Member of(UUID tenant, UUID account) {
        return memberships.findById(new Membership.Key(account, tenant)).filter(member -> !member.visiting())
                .flatMap(this::complete).orElseThrow(
                        () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such user"));
    }

    private Optional<Member> complete(Membership membership) {
        return accounts.findById(membership.accountId()).map(account -> new Member(account, membership));
    }

    /**
     * A member whom the administrator may change.
     *
     * @throws PlatformException {@code PERMISSION_DENIED} for themselves and for whoever ranks higher
     */
    public Member changeable(Administrator by, String user) {
        Member member = get(by.tenant(), user);
        if (by.is(member)) {
            throw Administrator.denied("Nobody may do this to themselves");
        }
        return permitted(by, member);
    }

    /** A member of whom the administrator may know where they are signed in: any, or those whom a delegate decides about. */
    Member seen(Administrator by, String user) {
        Member member = get(by.tenant(), user);
        return by.rank().administers() ? member : permitted(by, member);
    }

    /** The same as above, themselves included. */
    Member permitted(Administrator by, Member member) {
        boolean self = by.is(member);
        if (!self && !by.mayTouch(member)) {
            throw Administrator.denied(member.account().platformAdministrator()
                    ? "Nobody may do this to a platform administrator"
                    : member.rank() == Rank.OWNER
                            ? "Only owners may do this to an owner"
                            : "This person has more rights than you, or is not among those whom you are to decide about");
        }
        return member;
    }

    /** Whether the account belongs to no other tenant, so that whoever administers this one answers for it alone. */
    public boolean alone(Member member) {
        return memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(member.account().id()).stream()
                .allMatch(other -> other.tenantId().equals(member.tenant()));
    }

    /** Gives a member these roles and no others. */
    public void grant(Administrator by, Member member, Set<String> roles) {
        by.requireGrantable(roles);
        alter(member, Rank.of(roles), () -> {
            Membership current = current(member);
            by.requireGrantable(current.roles());
            current.grant(roles);
            memberships.save(current);
        });
        logins.forget(member.account().id());
    }

    /** Shuts a member out of the tenant; their sessions there end. */
    public void ban(Member member, @Nullable String reason, @Nullable Instant until) {
        alter(member, null, () -> {
            Membership current = current(member);
            current.ban(reason, until, clock.instant());
            memberships.save(current);
        });
        endSessions(member);
    }

    public void unban(Member member) {
        transactions.executeWithoutResult(_ -> {
            Membership current = current(member);
            current.unban();
            memberships.save(current);
        });
        logins.forget(member.account().id());
    }

    /** Ends a membership; see {@link Accounts#leave}. */
    public void remove(Member member) {
        alter(member, null, () -> people.leave(member.account().id(), member.tenant()));
        endSessions(member);
    }

    private void endSessions(Member member) {
        logins.end(member.account().id(), login -> login.tenantId().equals(member.tenant()));
        logins.forget(member.account().id());
    }

    private Membership current(Member member) {
        return memberships.findById(new Membership.Key(member.account().id(), member.tenant())).orElseThrow(
                () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such user"));
    }

    /** @param left the rank that the member keeps; null: none */
    private void alter(Member member, @Nullable Rank left, Runnable change) {
        transactions.executeWithoutResult(_ -> {
            // Two that would each leave the other behind as the last one have to meet.
            database.sql("SELECT 1 FROM platform.tenant WHERE id = ? FOR UPDATE").param(member.tenant())
                    .query(Integer.class).optional();
            requireOthers(member, left);
            change.run();
        });
    }

    private void requireOthers(Member member, @Nullable Rank left) {
        Rank former = Rank.of(current(member).roles());
        if (!former.administers() || (left != null && left.compareTo(former) >= 0)) {
            return;
        }
        boolean administrates = left != null && left.administers();
        boolean administratorStays = administrates || someoneElse(member, Rank.ADMINISTRATOR);
        boolean ownerStays = former != Rank.OWNER || someoneElse(member, Rank.OWNER);
        if (!administratorStays || !ownerStays) {
            throw new PlatformException(AuthError.LAST_ADMINISTRATOR, "This is the last "
                    + (ownerStays ? "administrator" : "owner") + " of the organization; appoint another one first");
        }
    }

    private boolean someoneElse(Member member, Rank rank) {
        Instant now = clock.instant();
        return of(member.tenant()).stream().filter(other -> !other.account().id().equals(member.account().id()))
                .filter(other -> !other.membership().bannedAt(now) && !other.account().bannedAt(now))
                .anyMatch(other -> Rank.of(other.membership().roles()).compareTo(rank) >= 0);
    }
}
