package dev.objectos.auth.registration;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.recovery.EmailLinks;
import dev.objectos.auth.recovery.EmailProof;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.token.OneTimeTokens.OneTimeToken;
import dev.objectos.runtime.PlatformException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes accounts for people who ask for one, once they have shown that mail to their address arrives. Whether the address has an account
 * already its owner is told alone: for whoever asks, both take the same course.
 */
public final class Registration implements EmailProof, BackgroundTask {

    private static final String ID = "registration";

    private final Accounts accounts;
    private final PendingRegistrations pending;
    private final EmailLinks links;
    private final BackgroundWork work;
    private final AccountMails mails;
    private final SecurityEvents events;
    private final RegistrationProperties properties;

    public Registration(Accounts accounts, PendingRegistrations pending, EmailLinks links, BackgroundWork work,
            AccountMails mails, SecurityEvents events, RegistrationProperties properties) {
        this.accounts = accounts;
        this.pending = pending;
        this.links = links;
        this.work = work;
        this.mails = mails;
        this.events = events;
        this.properties = properties;
    }

    /** Has the owner of the address asked, or told that there is an account already. */
    void await(PendingRegistration wanted, Client client) {
        pending.add(wanted);
        work.leave(kind(), Map.of(ID, wanted.id().toString()));
        events.emit("registration.asked", null, wanted.tenant(), client, Map.of("name", wanted.email()));
    }

    /** Makes the account at once, of an address that nobody has confirmed. */
    Account create(PendingRegistration wanted, Client client) {
        return create(wanted, wanted.username(), false, client);
    }

    @Override
    public String kind() {
        return "register";
    }

    @Override
    public String purpose() {
        return "registration";
    }

    @Override
    public void perform(Map<String, String> details) {
        pending.find(UUID.fromString(Objects.requireNonNull(details.get(ID)))).ifPresent(wanted -> {
            Optional<Account> owner = accounts.find(wanted.email());
            if (owner.isPresent()) {
                mails.send(AccountMail.REGISTERED_ALREADY, owner.get(), Map.of());
                pending.forget(wanted.email());
            } else {
                ask(wanted, wanted.callback());
            }
        });
    }

    private void ask(PendingRegistration wanted, @Nullable String callback) {
        mails.send(AccountMail.REGISTRATION, wanted.email(), wanted.locale(), Map.of("email", wanted.email(), "link",
                links.make(purpose(), null, wanted.id().toString(), callback)));
    }

    /** Of several who have registered with one address, only its owner's own mail says which one is meant. */
    @Override
    public void askAgain(String email, @Nullable String callback) {
        List<PendingRegistration> wanted = pending.of(email);
        if (wanted.size() == 1 && accounts.find(email).isEmpty()) {
            ask(wanted.getFirst(), callback);
        }
    }

    @Override
    public Locale language(OneTimeToken token) {
        return pending.find(UUID.fromString(token.payload())).map(PendingRegistration::locale).orElse(Locale.ENGLISH);
    }

    @Override
    public Map<String, Object> shown(OneTimeToken token, Client client) {
        PendingRegistration wanted = pending.find(UUID.fromString(token.payload()))
                .orElseThrow(() -> new PlatformException(AuthError.INVALID_TOKEN,
                        "The registration is too old, or another one was confirmed; register once more"));
        String username = wanted.username();
        // Who has taken the user name meanwhile keeps it; it can be chosen later.
        boolean free = username == null || accounts.find(username).isEmpty();
        create(wanted, free ? username : null, true, client);
        pending.forget(wanted.email());
        return Map.of("email", wanted.email());
    }

    private Account create(PendingRegistration wanted, @Nullable String username, boolean verified, Client client) {
        Account account = accounts.create(NewAccount.person(wanted.email(), wanted.name(), verified)
                .withUsername(username).withPassword(wanted.passwordHash(), false), wanted.tenant(),
                Set.of(properties.role()));
        events.emit("account.registered", account.id(), wanted.tenant(), client, Map.of("email", wanted.email()));
        return account;
    }
}
