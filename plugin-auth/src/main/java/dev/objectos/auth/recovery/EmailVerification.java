package dev.objectos.auth.recovery;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.token.OneTimeTokens.OneTimeToken;
import dev.objectos.runtime.PlatformException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The address of an account that nobody has confirmed yet. */
public final class EmailVerification implements EmailProof {

    private final Accounts accounts;
    private final EmailLinks links;
    private final AccountMails mails;
    private final Logins logins;
    private final SecurityEvents events;

    public EmailVerification(Accounts accounts, EmailLinks links, AccountMails mails, Logins logins,
            SecurityEvents events) {
        this.accounts = accounts;
        this.links = links;
        this.mails = mails;
        this.logins = logins;
        this.events = events;
    }

    @Override
    public String purpose() {
        return "verify-email";
    }

    @Override
    public void askAgain(String email, @Nullable String callback) {
        accounts.find(email).filter(account -> account.kind() == Account.Kind.PERSON && !account.emailVerified())
                .ifPresent(account -> mails.send(AccountMail.VERIFY_EMAIL, account,
                        Map.of("link", links.make(purpose(), account.id(), account.email(), callback))));
    }

    @Override
    public Locale language(OneTimeToken token) {
        return mails.language(accounts.current(Objects.requireNonNull(token.account())));
    }

    @Override
    public Map<String, Object> shown(OneTimeToken token, Client client) {
        Account account = accounts.current(Objects.requireNonNull(token.account()));
        if (!account.email().equals(token.payload())) {
            throw new PlatformException(AuthError.INVALID_TOKEN, "The account has another address by now");
        }
        accounts.changeEmail(account, account.email());
        logins.forget(account.id());
        events.emit("email.verified", account.id(), null, client, Map.of());
        return Map.of("email", account.email());
    }
}
