package dev.objectos.auth;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.password.Passwords;
import dev.objectos.runtime.session.Session;
import java.util.Set;
import java.util.UUID;

/** Somebody of a test's own on a server that it shares with others. */
public record TestingPerson(Account account, String email, String token) {

    public static final String PASSWORD = "a password of one's own";

    /** A member of the first tenant, signed in. */
    public static TestingPerson signedIn(TestingServer server, String... roles) {
        String email = "person-" + UUID.randomUUID() + "@example.com";
        Account account = server.bean(Accounts.class).create(
                NewAccount.person(email, "Person", true).withPassword(server.bean(Passwords.class).encode(PASSWORD),
                        false),
                Session.DEFAULT_TENANT, Set.of(roles));
        return new TestingPerson(account, email, server.signIn(email, PASSWORD).token());
    }

    public String bearer() {
        return "Bearer " + token;
    }
}
