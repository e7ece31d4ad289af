package dev.objectos.auth.account;

import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Announcement;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.util.List;
import java.util.Set;

/** Makes the first administrator where nobody can sign in yet, and says how to sign in. */
public final class FirstAdministrator implements PlatformPlugin, Announcement {

    private static final int GENERATED = 20;

    private final AccountRepository accounts;
    private final Accounts people;
    private final Passwords passwords;
    private final AdministratorProperties properties;
    private volatile List<String> lines = List.of();

    public FirstAdministrator(AccountRepository accounts, Accounts people, Passwords passwords,
            AdministratorProperties properties) {
        this.accounts = accounts;
        this.people = people;
        this.passwords = passwords;
        this.properties = properties;
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
        String password = chosen == null ? new Tokens().next().substring(0, GENERATED) : chosen;
        boolean mustChange = chosen == null && properties.changeGenerated();
        people.create(new NewAccount(Account.Kind.PERSON, properties.email(), null, "Administrator",
                passwords.encode(password), true, mustChange, true), Session.DEFAULT_TENANT, Set.of("admin"));
        lines = List.of("E-mail    " + properties.email(),
                "Password  " + (chosen == null ? password + "  (shown this once)" : "as configured"));
    }
}
