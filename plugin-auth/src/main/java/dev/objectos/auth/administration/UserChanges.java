package dev.objectos.auth.administration;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.session.Logins;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes users of a tenant, and changes what is known of them. */
public final class UserChanges {

    /** What belongs to the account itself rather than to its record in one tenant. */
    private static final Set<String> CREDENTIALS = Set.of("email", "username");

    private static final Set<String> NOT_DATA = Set.of("role", "roles", "password", "banned", "tenant_id");

    private final Accounts accounts;
    private final Avatars avatars;
    private final Members members;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final PasswordStore store;
    private final Logins logins;

    public UserChanges(Accounts accounts, Avatars avatars, Members members, Passwords passwords, PasswordRules rules,
            PasswordStore store, Logins logins) {
        this.accounts = accounts;
        this.avatars = avatars;
        this.members = members;
        this.passwords = passwords;
        this.rules = rules;
        this.store = store;
        this.logins = logins;
    }

    /**
     * Somebody to make a user of.
     *
     * @param password null: signs in in other ways
     */
    public record Person(String email, String name, @Nullable String username, @Nullable String password) {}

    /**
     * Makes a user who can work at once.
     *
     * @param data more values for the record in the tenant, by field of the user object
     * @throws PlatformException {@code PERMISSION_DENIED} for roles that the administrator may not give, {@code VALIDATION_FAILED}
     *         for a password that does not do, {@code UNIQUE_VIOLATION} where somebody on the server has the e-mail or the name
     */
    public Member create(Administrator by, Person person, Set<String> roles, Map<String, @Nullable Object> data) {
        by.requireGrantable(roles);
        requireData(data, Set.of("email", "name", "username"));
        // Accounts are shared by all tenants, so that the administrator of one alone vouches for nobody's address.
        boolean vouched = by.rank() == Rank.PLATFORM_ADMINISTRATOR;
        NewAccount wanted = NewAccount.person(person.email(), person.name(), vouched).withUsername(person.username());
        String password = person.password();
        if (password != null) {
            List<FieldError> wrong = rules.violations(rules.in(by.tenant()), password, "password", wanted.email(),
                    wanted.name());
            if (!wrong.isEmpty()) {
                throw PlatformException.validation(wrong);
            }
            wanted = wanted.withPassword(passwords.encode(password), false);
        }
        Account made = accounts.create(wanted, by.tenant(), roles, fields(by, data));
        return member(made, by.tenant());
    }

    private Member member(Account account, UUID tenant) {
        return members.of(tenant, account.id());
    }

    /**
     * Changes what is said about a member.
     *
     * @param data by field of the user object; {@code image} is another name of {@code avatar}
     * @throws PlatformException {@code PERMISSION_DENIED} for the e-mail and the user name of somebody who belongs to other tenants too
     */
    public void describe(Administrator by, Member member, Map<String, @Nullable Object> data) {
        requireData(data, Set.of());
        boolean alone = members.alone(member);
        if (!alone && data.keySet().stream().anyMatch(CREDENTIALS::contains)) {
            throw elsewhere();
        }
        if (data.containsKey("email") && !(data.get("email") instanceof String text && !text.isBlank())) {
            throw invalid("email", "email is a text");
        }
        accounts.edit(member.account(), member.membership(), alone, fields(by, data));
        logins.forget(member.account().id());
    }

    /**
     * Gives a member another password; all of their sessions end.
     *
     * @param mustChange whether they have to choose another one first
     * @throws PlatformException {@code PERMISSION_DENIED} for somebody who belongs to other tenants too
     */
    public void setPassword(Member member, String password, boolean mustChange) {
        if (!members.alone(member)) {
            throw elsewhere();
        }
        store.change(member.account(), password, "newPassword", mustChange);
        logins.end(member.account().id(), _ -> true);
        logins.forget(member.account().id());
    }

    /** Whoever can sign in as somebody gets into all of their tenants. */
    private static PlatformException elsewhere() {
        return Administrator
                .denied("This person belongs to other organizations too; only they themselves may change how "
                        + "they sign in");
    }

    private Map<String, @Nullable Object> fields(Administrator by, Map<String, @Nullable Object> data) {
        var fields = new HashMap<String, @Nullable Object>(data);
        if (fields.containsKey("image")) {
            fields.put(Avatars.FIELD, fields.remove("image"));
        }
        fields.computeIfPresent(Avatars.FIELD, (_, named) -> avatars.choose(named.toString(), by.by().session()));
        return fields;
    }

    private static void requireData(Map<String, @Nullable Object> data, Set<String> elsewhere) {
        var wrong = new ArrayList<FieldError>();
        for (String name : data.keySet()) {
            if (NOT_DATA.contains(name) || elsewhere.contains(name)) {
                wrong.add(new FieldError("data." + name, "invalid", name + " is no value of data"));
            }
        }
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
    }

    private static PlatformException invalid(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }
}
