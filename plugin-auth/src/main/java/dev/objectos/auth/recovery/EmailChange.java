package dev.objectos.auth.recovery;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.OneTimeTokens.OneTimeToken;
import dev.objectos.runtime.PlatformException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another address for an account: confirmed from the new one, announced at the one before. */
public final class EmailChange implements EmailProof, BackgroundTask {

    private static final String ACCOUNT = "account";
    private static final String NEW = "newEmail";
    private static final String CALLBACK = "callbackURL";

    /** Between the two addresses of a token; no address holds one. */
    private static final String BETWEEN = "\n";

    private final Accounts accounts;
    private final OneTimeTokens tokens;
    private final EmailLinks links;
    private final BackgroundWork work;
    private final AccountMails mails;
    private final Logins logins;
    private final SecurityEvents events;

    public EmailChange(Accounts accounts, OneTimeTokens tokens, EmailLinks links, BackgroundWork work,
            AccountMails mails, Logins logins, SecurityEvents events) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.links = links;
        this.work = work;
        this.mails = mails;
        this.logins = logins;
        this.events = events;
    }

    /** Asks the owner of the new address; where it is somebody else's already, nobody is asked, and the caller does not learn it. */
    void ask(SignedIn self, String newEmail, @Nullable String callback, Client client) {
        var details = new HashMap<>(Map.of(ACCOUNT, self.account().id().toString(), NEW, newEmail));
        if (callback != null) {
            details.put(CALLBACK, callback);
        }
        work.leave(kind(), details);
        events.emit("email.change-asked", self, client, Map.of("email", newEmail));
    }

    @Override
    public String kind() {
        return "change-email";
    }

    @Override
    public String purpose() {
        return "change-email";
    }

    @Override
    public void perform(Map<String, String> details) {
        Account account = accounts.current(UUID.fromString(Objects.requireNonNull(details.get(ACCOUNT))));
        String newEmail = Objects.requireNonNull(details.get(NEW));
        if (accounts.find(newEmail).isPresent()) {
            return;
        }
        String link = links.make(purpose(), account.id(), account.email() + BETWEEN + newEmail, details.get(CALLBACK));
        mails.send(AccountMail.CONFIRM_EMAIL, newEmail, mails.language(account),
                Map.of("newEmail", newEmail, "link", link));
        mails.later(AccountMail.EMAIL_CHANGE_ASKED, account, Map.of("newEmail", newEmail));
    }

    @Override
    public Locale language(OneTimeToken token) {
        return mails.language(accounts.current(Objects.requireNonNull(token.account())));
    }

    @Override
    public Map<String, Object> shown(OneTimeToken token, Client client) {
        Account account = accounts.current(Objects.requireNonNull(token.account()));
        String[] addresses = token.payload().split(BETWEEN, 2);
        String before = addresses[0];
        String newEmail = addresses[1];
        if (!account.email().equals(before)) {
            throw new PlatformException(AuthError.INVALID_TOKEN, "The account has another address by now");
        }
        accounts.changeEmail(account, newEmail);
        tokens.revoke(purpose(), account.id());
        logins.forget(account.id());
        events.emit("email.changed", account.id(), null, client, Map.of("from", before, "to", newEmail));
        mails.later(AccountMail.EMAIL_CHANGED, before, mails.language(account),
                Map.of("email", before, "newEmail", newEmail));
        return Map.of("email", newEmail);
    }

    @Override
    public void askAgain(String email, @Nullable String callback) {
        // Nobody but the account's owner asks for this; they do so by changing the address once more.
    }
}
