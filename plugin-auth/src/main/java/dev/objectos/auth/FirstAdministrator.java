package dev.objectos.auth;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Announcement;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/** Makes the first administrator where nobody can sign in yet, and says how to sign in. */
public final class FirstAdministrator implements PlatformPlugin, Announcement {

    private static final String NAME = "Administrator";
    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

    private final AccountRepository accounts;
    private final MembershipRepository memberships;
    private final Records records;
    private final PasswordEncoder passwords;
    private final TransactionOperations transactions;
    private final AdministratorProperties properties;
    private final Clock clock;
    private volatile List<String> lines = List.of();

    public FirstAdministrator(AccountRepository accounts, MembershipRepository memberships, Records records,
            PasswordEncoder passwords, TransactionOperations transactions, AdministratorProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.records = records;
        this.passwords = passwords;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String id() {
        return "objectos-auth";
    }

    @Override
    public List<String> lines() {
        return lines;
    }

    @Override
    public void onEnable() {
        if (accounts.count() > 0) {
            return;
        }
        String chosen = properties.password();
        String password = chosen == null ? new Tokens().next().substring(0, 20) : chosen;
        UUID user = userRecord();
        var account = new Account(UUID.randomUUID(), properties.email(), NAME,
                String.valueOf(passwords.encode(password)), clock.instant(), true);
        transactions.executeWithoutResult(_ -> {
            accounts.save(account);
            memberships.save(new Membership(account.id(), Session.DEFAULT_TENANT, user, Set.of("admin")));
        });
        lines = List.of("E-mail    " + properties.email(),
                "Password  " + (chosen == null ? password + "  (shown this once)" : "as configured"));
    }

    /** The administrator's record; an earlier start may have been cut off after making it. */
    private UUID userRecord() {
        try {
            return records.create(
                    new Mutation.Create(Catalog.USER, Map.of("name", NAME, "email", properties.email())), SYSTEM).id();
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.UNIQUE_VIOLATION) {
                throw e;
            }
            return MatchingIds.find(query -> records.query(query, SYSTEM), Catalog.USER, "email",
                    List.of(properties.email())).getFirst();
        }
    }
}
