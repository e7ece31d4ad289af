package dev.objectos.auth.recovery;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInMethods;
import dev.objectos.auth.signin.SignInThrottle;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.OneTimeTokens.OneTimeToken;
import dev.objectos.runtime.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A new password for whoever has forgotten theirs, and reads the mail of the account. */
public final class PasswordReset implements BackgroundTask {

    /** Followed by a token: where mails lead. */
    static final String PATH = "/api/auth/reset-password/";

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String EMAIL = "email";
    private static final String REDIRECT = "redirectTo";

    private final Accounts accounts;
    private final PasswordStore passwords;
    private final OneTimeTokens tokens;
    private final Logins logins;
    private final SignInMethods methods;
    private final SignInThrottle throttle;
    private final BackgroundWork work;
    private final AccountMails mails;
    private final Links links;
    private final SecurityEvents events;
    private final Clock clock;

    public PasswordReset(Accounts accounts, PasswordStore passwords, OneTimeTokens tokens, Logins logins,
            SignInMethods methods, SignInThrottle throttle, BackgroundWork work, AccountMails mails, Links links,
            SecurityEvents events, Clock clock) {
        this.methods = methods;
        this.accounts = accounts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.logins = logins;
        this.throttle = throttle;
        this.work = work;
        this.mails = mails;
        this.links = links;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Has a mail sent, where there is such an account; the caller learns nothing of that.
     *
     * @param redirectTo where the mail's link leads in the end; null: to a page of this server
     */
    void ask(String email, @Nullable String redirectTo, Client client) {
        var details = new HashMap<>(Map.of(EMAIL, email));
        if (redirectTo != null) {
            details.put(REDIRECT, redirectTo);
        }
        work.leave(kind(), details);
        events.emit("password.reset-asked", null, null, client, Map.of("name", email));
    }

    @Override
    public String kind() {
        return "password-reset";
    }

    @Override
    public void perform(Map<String, String> details) {
        accounts.find(details.getOrDefault(EMAIL, "")).filter(this::mayReset).ifPresent(account -> {
            String token = tokens.issue(PasswordStore.RESET, account.id(), account.email(), LIFETIME);
            String redirect = details.get(REDIRECT);
            String link = links.to(PATH + token, redirect == null ? Map.of() : Map.of("callbackURL", redirect));
            mails.send(AccountMail.RESET_PASSWORD, account, Map.of("link", link));
        });
    }

    /** A password that opens nothing is not worth a mail. */
    private boolean mayReset(Account account) {
        return account.kind() == Account.Kind.PERSON && !account.bannedAt(clock.instant())
                && methods.accept(account, SignIn.PASSWORD);
    }

    /** Whether a token can be used at the moment. */
    boolean usable(String token) {
        return tokens.peek(PasswordStore.RESET, token).flatMap(this::account).isPresent();
    }

    /** The language of whom a token was sent to; empty where it cannot be used. */
    Optional<Locale> language(String token) {
        return tokens.peek(PasswordStore.RESET, token).flatMap(this::account).map(mails::language);
    }

    /**
     * Sets a new password; ends all sessions, and whatever kept the account from signing in with a password.
     *
     * @throws PlatformException {@code INVALID_TOKEN}; {@code VALIDATION_FAILED}, and the token can still be used
     */
    void reset(String token, String password, Client client) {
        Account account = tokens.peek(PasswordStore.RESET, token).flatMap(this::account)
                .orElseThrow(() -> refused(client));
        passwords.require(account, password, "newPassword");
        // Only now is it used up, and of several who have come so far one goes on.
        if (tokens.take(PasswordStore.RESET, token).isEmpty()) {
            throw refused(client);
        }
        passwords.set(account, password, false);
        logins.end(account.id(), _ -> true);
        throttle.unlock(account.email());
        String username = account.username();
        if (username != null) {
            throttle.unlock(username);
        }
        events.emit("password.reset", account.id(), null, client, Map.of());
        mails.later(AccountMail.PASSWORD_CHANGED, account, Map.of());
    }

    /** A token that went to an address which is no longer the account's is worth nothing. */
    private Optional<Account> account(OneTimeToken token) {
        return Optional.ofNullable(token.account()).map(accounts::current)
                .filter(account -> account.email().equals(token.payload()) && mayReset(account));
    }

    private PlatformException refused(Client client) {
        events.emit("password.reset-refused", null, null, client, Map.of());
        return new PlatformException(AuthError.INVALID_TOKEN,
                "The link is too old or was used already; ask for another one at /api/auth/request-password-reset");
    }
}
