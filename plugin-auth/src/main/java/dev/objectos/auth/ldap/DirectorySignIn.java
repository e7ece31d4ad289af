package dev.objectos.auth.ldap;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInOutcome;
import dev.objectos.auth.signin.SignInThrottle;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets in whom a directory recognises; people who come for the first time get an account. */
public final class DirectorySignIn {

    /** How somebody is signed in whom a directory has recognised. */
    public static final String LDAP = "ldap";

    private final SignIn signIn;
    private final SignInThrottle throttle;
    private final OutsideAccounts accounts;
    private final SecurityEvents events;

    public DirectorySignIn(SignIn signIn, SignInThrottle throttle, OutsideAccounts accounts, SecurityEvents events) {
        this.signIn = signIn;
        this.throttle = throttle;
        this.accounts = accounts;
        this.events = events;
    }

    /**
     * Signs in by the name and the password that the directory knows.
     *
     * @param device what the client remembers of earlier second steps; null: nothing
     * @throws PlatformException {@code INVALID_EMAIL_OR_PASSWORD} where the directory says no, {@code UNAVAILABLE} where it says
     *         nothing, {@code RATE_LIMITED} after too many failures, and what {@link OutsideAccounts#arrive} and
     *         {@link SignIn#admit} refuse with
     */
    public SignInOutcome signIn(LdapSettings directory, String username, String password, Client client,
            @Nullable String device) {
        signIn.attempt(username, client);
        Optional<DirectoryPerson> person = recognise(directory, username, password, client);
        if (person.isEmpty()) {
            events.emit("sign-in.failed", null, null, client,
                    Map.of("method", LDAP, "provider", directory.provider(), "name", username));
            throw new PlatformException(AuthError.INVALID_EMAIL_OR_PASSWORD, "The user name or the password is wrong");
        }
        OutsideAccounts.Arrival arrival = accounts.arrive(identity(directory, person.get()), directory.joining(),
                client);
        SignInOutcome outcome = signIn.admit(arrival.account(), LDAP, arrival.tenant(), client, device);
        throttle.succeeded(username, client.ipAddress());
        return outcome;
    }

    /** A directory that is down has judged nobody, and so must lock nobody out. */
    private Optional<DirectoryPerson> recognise(LdapSettings directory, String username, String password,
            Client client) {
        try {
            return new Directory(directory).recognise(username, password);
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.UNAVAILABLE) {
                throttle.withdrawn(username, client.ipAddress());
                events.emit("sign-in.unavailable", null, null, client,
                        Map.of("method", LDAP, "provider", directory.provider(), "name", username));
            }
            throw e;
        }
    }

    private static OutsideIdentity identity(LdapSettings directory, DirectoryPerson person) {
        return new OutsideIdentity(directory.provider(), person.subject(), person.email(), directory.trustEmail(),
                person.name(), GroupNames.roles(directory.rolesByGroup(), person.groups()));
    }
}
