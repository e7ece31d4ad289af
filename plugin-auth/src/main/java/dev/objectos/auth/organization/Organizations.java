package dev.objectos.auth.organization;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StartingRecords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionOperations;

/** Makes tenants with everything that one needs, changes them, and stops and resumes the work in them. */
public final class Organizations {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Names that hosts of the platform itself are likely to have. */
    private static final Set<String> TAKEN = Set.of("www", "api", "app", "admin", "auth", "login", "mail", "static");

    private static final int LONGEST_NAME = 255;

    private final TenantRepository tenants;
    private final Accounts accounts;
    private final StartingRecords starting;
    private final Logins logins;
    private final TransactionOperations transactions;
    private final Clock clock;

    public Organizations(TenantRepository tenants, Accounts accounts, StartingRecords starting, Logins logins,
            TransactionOperations transactions, Clock clock) {
        this.tenants = tenants;
        this.accounts = accounts;
        this.starting = starting;
        this.logins = logins;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @throws PlatformException {@code RESOURCE_NOT_FOUND} */
    Tenant get(UUID id) {
        return tenants.findById(id).orElseThrow(Organizations::unknown);
    }

    List<Tenant> all() {
        return tenants.findAllByOrderByCreatedAtAscIdAsc();
    }

    static PlatformException unknown() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such organization");
    }

    /** Whether a new tenant may be called so. */
    boolean free(String slug) {
        return SLUG.matcher(slug).matches() && !TAKEN.contains(slug) && tenants.findBySlug(slug).isEmpty();
    }

    /**
     * Makes a tenant with the records that applications start with; whoever makes it owns it.
     *
     * @throws PlatformException {@code VALIDATION_FAILED}, or {@code UNIQUE_VIOLATION} where the slug is taken
     */
    Tenant create(String name, String slug, TenantSettings settings, Account owner) {
        var wrong = new ArrayList<FieldError>();
        checkName(name, wrong);
        if (!SLUG.matcher(slug).matches()) {
            wrong.add(new FieldError("slug", "invalid",
                    "slug has 1 to 63 lower-case letters, digits and hyphens, none of these at its ends"));
        }
        refuse(wrong);
        if (!free(slug)) {
            throw taken(slug, null);
        }
        var made = new Tenant(UUID.randomUUID(), slug, name.strip(), settings, clock.instant());
        try {
            transactions.executeWithoutResult(_ -> tenants.save(made));
        } catch (DataIntegrityViolationException e) {
            throw taken(slug, e);
        }
        accounts.join(owner, made.id(), Set.of(Rank.OWNER_ROLE));
        starting.giveTo(made.id());
        return made;
    }

    private static PlatformException taken(String slug, @Nullable Throwable cause) {
        String message = "Another organization is called \"" + slug + "\"";
        return cause == null
                ? new PlatformException(RuntimeError.UNIQUE_VIOLATION, message)
                : new PlatformException(RuntimeError.UNIQUE_VIOLATION, message, cause);
    }

    /** Changes name and settings; null stays as it is. */
    Tenant describe(UUID id, @Nullable String name, @Nullable TenantSettings settings) {
        var wrong = new ArrayList<FieldError>();
        if (name != null) {
            checkName(name, wrong);
        }
        refuse(wrong);
        Tenant changed = Objects.requireNonNull(transactions.execute(_ -> {
            Tenant current = get(id);
            current.describe(name == null ? current.name() : name.strip(),
                    settings == null ? current.settings() : settings, clock.instant());
            return tenants.save(current);
        }));
        logins.forgetAll();
        return changed;
    }

    private static void checkName(String name, List<FieldError> wrong) {
        if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
            wrong.add(new FieldError("name", "invalid", "name has 1 to " + LONGEST_NAME + " characters"));
        }
    }

    private static void refuse(List<FieldError> wrong) {
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
    }

    /** Stops all work in a tenant until it is resumed; every session there ends. */
    Tenant suspend(UUID id) {
        Tenant changed = Objects.requireNonNull(transactions.execute(_ -> {
            Tenant current = get(id);
            current.suspend(clock.instant());
            return tenants.save(current);
        }));
        logins.endIn(id);
        logins.forgetAll();
        return changed;
    }

    Tenant resume(UUID id) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            Tenant current = get(id);
            current.resume(clock.instant());
            return tenants.save(current);
        }));
    }
}
