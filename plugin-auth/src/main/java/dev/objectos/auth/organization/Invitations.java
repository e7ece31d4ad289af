package dev.objectos.auth.organization;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.account.Standing;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.organization.Invitation.Status;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.SystemRights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Asks people to join a tenant. Whoever has the token of the mail, or has signed in with the address proven, may accept; what was
 * offered holds for as long as whoever offered it may still give it.
 */
public final class Invitations {

    private static final String PURPOSE = "invitation";
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>\"()]{1,64}@[^\\s@,;<>\"()]{1,189}");

    private final InvitationStore store;
    private final OneTimeTokens tokens;
    private final Accounts accounts;
    private final AccountRepository known;
    private final MembershipRepository memberships;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final OrganizationProperties properties;
    private final SystemRights rights;
    private final Clock clock;

    public Invitations(InvitationStore store, OneTimeTokens tokens, Accounts accounts, AccountRepository known,
            MembershipRepository memberships, Passwords passwords, PasswordRules rules,
            OrganizationProperties properties, SystemRights rights, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.accounts = accounts;
        this.known = known;
        this.memberships = memberships;
        this.passwords = passwords;
        this.rules = rules;
        this.properties = properties;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * Invites somebody.
     *
     * @param again whether an invitation that is open already gives way to this one
     * @throws PlatformException {@code UNIQUE_VIOLATION} where they are members, or invited already
     */
    Invitation invite(Administrator by, String address, Set<String> roles, boolean again) {
        by.requireGrantable(roles);
        String email = address.strip();
        if (!ADDRESS.matcher(email).matches()) {
            throw invalid("email", "email is an address, such as grace@example.com");
        }
        boolean member = accounts.find(email)
                .flatMap(account -> memberships.findById(new Membership.Key(account.id(), by.tenant())))
                .filter(found -> !found.visiting()).isPresent();
        if (member) {
            throw new PlatformException(RuntimeError.UNIQUE_VIOLATION, email + " belongs to the organization already");
        }
        if (!again && store.open(by.tenant()).stream().anyMatch(open -> open.email().equalsIgnoreCase(email))) {
            throw new PlatformException(RuntimeError.UNIQUE_VIOLATION,
                    email + " is invited already; say resend: true to send another mail");
        }
        Instant now = clock.instant();
        // A platform administrator, or somebody who works in another tenant at the moment, has another record there.
        UUID inviter = accounts.visit(by.by().account(), by.tenant()).userId();
        var made = new Invitation(UUID.randomUUID(), by.tenant(), email, roles, inviter, Status.PENDING, now,
                now.plus(properties.invitationLifetime()));
        store.add(made);
        return made;
    }

    /** The invitation of that id, while it can be accepted. */
    Optional<Invitation> open(UUID id) {
        return store.find(id).filter(this::holds);
    }

    /** A token by which whoever reads the mail may accept; it works for as long as the invitation holds. */
    String token(Invitation invitation) {
        return tokens.issue(PURPOSE, null, invitation.id().toString(),
                Duration.between(clock.instant(), invitation.expiresAt()));
    }

    /** Takes back a token whose mail could not be sent. */
    void withdraw(String token) {
        tokens.take(PURPOSE, token);
    }

    /** The open invitation of that token. */
    Invitation byToken(String token) {
        return tokens.peek(PURPOSE, token).flatMap(found -> store.find(UUID.fromString(found.payload())))
                .filter(this::holds).orElseThrow(Invitations::unknown);
    }

    /** The open invitation of that id to the account's own address, which has to be proven. */
    Invitation mine(String id, Account account) {
        return find(id).filter(this::holds)
                .filter(found -> account.emailVerified() && account.email().equalsIgnoreCase(found.email()))
                .orElseThrow(Invitations::unknown);
    }

    /** An invitation of a tenant, whatever has become of it. */
    Invitation ofTenant(UUID tenant, String id) {
        return find(id).filter(found -> found.tenant().equals(tenant)).orElseThrow(Invitations::unknown);
    }

    /** The tenant that an invitation is to. */
    Optional<UUID> tenant(String id) {
        return find(id).map(Invitation::tenant);
    }

    private Optional<Invitation> find(String id) {
        return FieldValues.id(id).flatMap(store::find);
    }

    /** All of a tenant. */
    List<Invitation> of(UUID tenant) {
        return store.of(tenant);
    }

    /** Those that an account may accept. */
    List<Invitation> to(Account account) {
        return account.emailVerified() ? store.to(account.email()).stream().filter(this::holds).toList() : List.of();
    }

    /** Whether it is open, and whoever made it might make it still. */
    private boolean holds(Invitation invitation) {
        if (!invitation.open(clock.instant())) {
            return false;
        }
        UUID inviter = invitation.inviter();
        return inviter == null || memberships.findByTenantIdAndUserId(invitation.tenant(), inviter)
                .filter(member -> !member.bannedAt(clock.instant())).flatMap(member -> known
                        .findById(member.accountId()).filter(account -> !account.bannedAt(clock.instant()))
                        .map(account -> standing(account, member)))
                .filter(standing -> standing.authority().may(SystemPermission.MANAGE_USERS)
                        && standing.mayGrant(invitation.roles()))
                .isPresent();
    }

    private Standing standing(Account inviter, Membership member) {
        return new Standing(Rank.of(inviter, member),
                rights.of(member.tenantId(), member.roles(), inviter.platformAdministrator()));
    }

    /** Lets an account join. */
    void accept(Invitation invitation, Account account) {
        once(invitation, () -> accounts.join(account, invitation.tenant(), invitation.roles()));
    }

    /** Makes an account for somebody who has the token, and so reads the mail of the address. */
    Account accept(Invitation invitation, String name, String password) {
        List<FieldError> wrong = rules.violations(rules.in(invitation.tenant()), password, "password",
                invitation.email(), name);
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
        NewAccount wanted = NewAccount.person(invitation.email(), name, true).withPassword(passwords.encode(password),
                false);
        return once(invitation, () -> accounts.create(wanted, invitation.tenant(), invitation.roles()));
    }

    private <T> T once(Invitation invitation, Supplier<T> joining) {
        if (!store.settle(invitation.id(), Status.PENDING, Status.ACCEPTED)) {
            throw unknown();
        }
        try {
            return joining.get();
        } catch (RuntimeException e) {
            store.settle(invitation.id(), Status.ACCEPTED, Status.PENDING);
            throw e;
        }
    }

    void reject(Invitation invitation) {
        settle(invitation, Status.REJECTED);
    }

    void cancel(Invitation invitation) {
        settle(invitation, Status.CANCELED);
    }

    private void settle(Invitation invitation, Status to) {
        if (!store.settle(invitation.id(), Status.PENDING, to)) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "The invitation is open no more");
        }
    }

    static PlatformException unknown() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such invitation");
    }

    private static PlatformException invalid(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }

    /** Whether the address is that of an account, whose owner has to sign in. */
    boolean hasAccount(Invitation invitation) {
        return accounts.find(invitation.email()).isPresent();
    }
}
