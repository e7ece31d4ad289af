package dev.objectos.auth.account;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionOperations;

/** Makes accounts and lets them into tenants, where each has a record of the user object. */
public final class Accounts {

    private final AccountRepository accounts;
    private final MembershipRepository memberships;
    private final Records records;
    private final TransactionOperations transactions;
    private final Clock clock;

    public Accounts(AccountRepository accounts, MembershipRepository memberships, Records records,
            TransactionOperations transactions, Clock clock) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.records = records;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes an account that is a member of a tenant from the beginning.
     *
     * @throws PlatformException {@code UNIQUE_VIOLATION} where the e-mail or the user name is taken
     */
    public Account create(NewAccount wanted, UUID tenant, Set<String> roles) {
        return create(wanted, tenant, roles, Map.of());
    }

    /** The same with more values for the record in the tenant, by field of the user object. */
    public Account create(NewAccount wanted, UUID tenant, Set<String> roles, Map<String, @Nullable Object> more) {
        requireFree(wanted);
        UUID user = userRecord(tenant, wanted.name(), wanted.email(), wanted.username(), more);
        var account = new Account(UUID.randomUUID(), wanted, clock.instant());
        try {
            transactions.executeWithoutResult(_ -> {
                accounts.save(account);
                memberships.save(new Membership(account.id(), tenant, user, roles, clock.instant()));
            });
        } catch (DataIntegrityViolationException e) {
            throw taken("email", e);
        }
        return account;
    }

    /** Makes an account a member, or gives a member these roles. */
    public Membership join(Account account, UUID tenant, Set<String> roles) {
        Membership membership = membership(account, tenant, roles);
        membership.grant(roles);
        return store(membership);
    }

    /** Gives a platform administrator a record in a tenant that is not theirs, to work there without being a member. */
    public Membership visit(Account account, UUID tenant) {
        return memberships.findById(new Membership.Key(account.id(), tenant)).orElseGet(() -> {
            Membership membership = membership(account, tenant, Set.of());
            membership.visit();
            return store(membership);
        });
    }

    private Membership membership(Account account, UUID tenant, Set<String> roles) {
        return memberships.findById(new Membership.Key(account.id(), tenant))
                .orElseGet(() -> new Membership(account.id(), tenant,
                        userRecord(tenant, account.name(), account.email(), account.username(), Map.of()), roles,
                        clock.instant()));
    }

    private Membership store(Membership membership) {
        return Objects.requireNonNull(transactions.execute(_ -> memberships.save(membership)));
    }

    /**
     * Ends a membership, and with the last one the account, unless it is a platform administrator's. The record in the tenant
     * stays: what the person has done there names it.
     */
    public void leave(UUID account, UUID tenant) {
        transactions.executeWithoutResult(_ -> {
            memberships.deleteById(new Membership.Key(account, tenant));
            if (memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account).isEmpty()
                    && !current(account).platformAdministrator()) {
                accounts.deleteById(account);
            }
        });
    }

    /** The account of that e-mail or user name, in whatever letter case. */
    public Optional<Account> find(String emailOrUsername) {
        String wanted = emailOrUsername.strip();
        // PostgreSQL has no text with such a character, so that nobody is called so.
        if (wanted.isEmpty() || wanted.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return accounts.findByEmail(wanted).or(() -> accounts.findByUsername(wanted));
    }

    /** An account as it is now. */
    public Account current(UUID account) {
        return accounts.findById(account).orElseThrow(
                () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such account"));
    }

    /**
     * Writes what people say about themselves, to their record in the tenant and where it matters to the account.
     *
     * @param values by field of the user object
     */
    public void describe(Account account, Session session, Map<String, @Nullable Object> values) {
        Object username = values.get("username");
        if (username != null
                && find(username.toString()).filter(other -> !other.id().equals(account.id())).isPresent()) {
            throw taken("username", null);
        }
        UUID user = Objects.requireNonNull(session.userId());
        write(user, session.tenant(), values);
        transactions.executeWithoutResult(_ -> {
            Account now = current(account.id());
            Object name = values.get("name");
            now.describe(name == null ? null : name.toString(), username == null ? null : username.toString(),
                    clock.instant());
            accounts.save(now);
        });
    }

    /**
     * Gives an account an address whose owner has shown that mail to it arrives, in its records of all tenants too.
     *
     * @throws PlatformException {@code UNIQUE_VIOLATION} where somebody else has the address
     */
    public void changeEmail(Account account, String address) {
        if (find(address).filter(other -> !other.id().equals(account.id())).isPresent()) {
            throw taken("email", null);
        }
        if (!account.email().equals(address)) {
            memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account.id()).forEach(member -> records.update(
                    new Mutation.Update(Catalog.USER, member.userId(), Map.of("email", address), null),
                    Session.system(member.tenantId(), Origin.SYSTEM)));
        }
        try {
            transactions.executeWithoutResult(_ -> {
                Account now = current(account.id());
                now.changeEmail(address, true, clock.instant());
                accounts.save(now);
            });
        } catch (DataIntegrityViolationException e) {
            throw taken("email", e);
        }
    }

    /**
     * Writes what an administrator says about a member: to the record in the tenant, and to the account where no other tenant
     * knows it.
     *
     * @param values by field of the user object
     * @throws PlatformException {@code UNIQUE_VIOLATION} where the e-mail or the user name is taken
     */
    public void edit(Account account, Membership member, boolean alone, Map<String, @Nullable Object> values) {
        for (String name : List.of("email", "username")) {
            Object value = values.get(name);
            if (value != null
                    && find(value.toString()).filter(other -> !other.id().equals(account.id())).isPresent()) {
                throw taken(name, null);
            }
        }
        write(member.userId(), member.tenantId(), values);
        if (alone) {
            transactions.executeWithoutResult(_ -> {
                Account now = current(account.id());
                now.describe(text(values, "name"), text(values, "username"), clock.instant());
                String email = text(values, "email");
                if (email != null && !email.equals(now.email())) {
                    now.changeEmail(email, email.equalsIgnoreCase(now.email()) && now.emailVerified(),
                            clock.instant());
                }
                accounts.save(now);
            });
        }
    }

    @SuppressWarnings("NullAway") // the compiled Mutation.Update does not say any more that its values may be null
    private void write(UUID user, UUID tenant, Map<String, @Nullable Object> values) {
        records.update(new Mutation.Update(Catalog.USER, user, values, null), Session.system(tenant, Origin.SYSTEM));
    }

    private static @Nullable String text(Map<String, @Nullable Object> values, String field) {
        Object value = values.get(field);
        return value == null ? null : value.toString();
    }

    private void requireFree(NewAccount wanted) {
        if (accounts.findByEmail(wanted.email()).isPresent()) {
            throw taken("email", null);
        }
        String username = wanted.username();
        if (username != null && find(username).isPresent()) {
            throw taken("username", null);
        }
    }

    private static PlatformException taken(String field, @Nullable Throwable cause) {
        String message = "Somebody else has this " + (field.equals("email") ? "e-mail address" : "user name");
        return cause == null
                ? new PlatformException(RuntimeError.UNIQUE_VIOLATION, message)
                : new PlatformException(RuntimeError.UNIQUE_VIOLATION, message, cause);
    }

    /** The person's record; one that an interrupted attempt, or an import, has left there is taken. */
    private UUID userRecord(UUID tenant, String name, String email, @Nullable String username,
            Map<String, @Nullable Object> more) {
        Session system = Session.system(tenant, Origin.SYSTEM);
        var values = new HashMap<String, @Nullable Object>(more);
        values.put("name", name);
        values.put("email", email);
        if (username != null) {
            values.put("username", username);
        }
        List<UUID> known = MatchingIds.find(query -> records.query(query, system), Catalog.USER, "email",
                List.of(email));
        return known.isEmpty()
                ? records.create(new Mutation.Create(Catalog.USER, values), system).id()
                : free(known.getFirst(), tenant);
    }

    private UUID free(UUID user, UUID tenant) {
        if (memberships.findByTenantIdAndUserId(tenant, user).isPresent()) {
            throw taken("email", null);
        }
        return user;
    }
}
