package dev.objectos.auth.account;

import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The passwords of accounts: compares them, and takes new ones that satisfy the rules. */
public final class PasswordStore {

    /** The purpose of tokens that set a new password. */
    public static final String RESET = "reset-password";

    private final AccountRepository accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final OneTimeTokens tokens;
    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;

    public PasswordStore(AccountRepository accounts, Passwords passwords, PasswordRules rules, OneTimeTokens tokens,
            DataSource worker, TransactionOperations transactions, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.tokens = tokens;
        this.database = JdbcClient.create(worker);
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Whether the password is the account's; takes as long where there is no account, or none with a password. A hash of an older
     * form is replaced.
     */
    public boolean matches(@Nullable Account account, String password) {
        String hash = account == null ? null : account.passwordHash();
        boolean matches = passwords.matches(password, hash);
        if (matches && account != null && hash != null && passwords.outdated(hash)) {
            String renewed = passwords.encode(password);
            database.sql("UPDATE platform.account SET password_hash = ? WHERE id = ? AND password_hash = ?")
                    .params(renewed, account.id(), hash).update();
        }
        return matches;
    }

    /**
     * Gives an account a new password.
     *
     * @param field of the request that brought it
     * @param mustChange whether its owner has to choose another one first
     * @throws PlatformException {@code VALIDATION_FAILED} with everything that is wrong with it
     */
    public void change(Account account, String password, String field, boolean mustChange) {
        require(account, password, field);
        set(account, password, mustChange);
    }

    /**
     * Refuses what cannot be the account's new password.
     *
     * @param field of the request that brought it
     * @throws PlatformException {@code VALIDATION_FAILED} with everything that is wrong with it
     */
    public void require(Account account, String password, String field) {
        PasswordPolicy policy = rules.of(account);
        List<FieldError> wrong = rules.violations(policy, password, field, account.email(), account.name());
        if (wrong.isEmpty() && reused(account, password, policy.history())) {
            wrong = List.of(new FieldError(field, "reused", "This password was used before; choose another one"));
        }
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
    }

    /**
     * Gives an account a password that {@link #require} has let pass. Links in mails, and sign-ins that were begun with the
     * one before, are worth nothing any more.
     */
    public void set(Account account, String password, boolean mustChange) {
        String hash = passwords.encode(password);
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            Account current = accounts.findById(account.id()).orElseThrow();
            String former = current.passwordHash();
            if (former != null) {
                database.sql(
                        "INSERT INTO platform.password_history (account_id, password_hash, retired_at) VALUES (?, ?, ?)")
                        .params(account.id(), former, now.atOffset(ZoneOffset.UTC)).update();
            }
            current.changePassword(hash, mustChange, now);
            accounts.save(current);
            tokens.revokeAll(account.id());
        });
    }

    /** Whether the password is older than the rules allow; no for accounts without one. */
    public boolean expired(Account account) {
        Instant changed = account.passwordChangedAt();
        if (account.passwordHash() == null || changed == null) {
            return false;
        }
        int days = rules.of(account).maxAgeDays();
        return days > 0 && changed.plus(Duration.ofDays(days)).isBefore(clock.instant());
    }

    private boolean reused(Account account, String password, int history) {
        if (history <= 0) {
            return false;
        }
        String current = account.passwordHash();
        if (current != null && passwords.matches(password, current)) {
            return true;
        }
        return database.sql(
                "SELECT password_hash FROM platform.password_history WHERE account_id = ? ORDER BY id DESC LIMIT ?")
                .params(account.id(), history).query(String.class).list().stream()
                .anyMatch(hash -> passwords.matches(password, hash));
    }
}
