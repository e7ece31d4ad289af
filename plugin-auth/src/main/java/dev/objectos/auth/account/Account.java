package dev.objectos.auth.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** Somebody, or something, that can sign in. The person's record in a tenant lives in that tenant's user object. */
@Entity
@Table(name = "account", schema = "platform")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
public class Account {

    /** A person has a password or other ways to sign in; a service has API keys alone. */
    public enum Kind {
        PERSON, SERVICE
    }

    @Id
    private UUID id;

    private String email;

    private @Nullable String username;

    private String name;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Column(name = "password_hash")
    private @Nullable String passwordHash;

    @Column(name = "password_changed_at")
    private @Nullable Instant passwordChangedAt;

    @Column(name = "must_change_password")
    private boolean mustChangePassword;

    @Column(name = "email_verified_at")
    private @Nullable Instant emailVerifiedAt;

    @Column(name = "platform_administrator")
    private boolean platformAdministrator;

    @Column(name = "banned_at")
    private @Nullable Instant bannedAt;

    @Column(name = "ban_reason")
    private @Nullable String banReason;

    @Column(name = "ban_ends_at")
    private @Nullable Instant banEndsAt;

    @Formula("exists (select 1 from platform.second_factor f where f.account_id = id and f.confirmed_at is not null)")
    private boolean twoFactorEnabled;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected Account() {}

    Account(UUID id, NewAccount wanted, Instant now) {
        this.id = id;
        this.email = wanted.email();
        this.username = wanted.username();
        this.name = wanted.name();
        this.kind = wanted.kind();
        this.passwordHash = wanted.passwordHash();
        this.passwordChangedAt = wanted.passwordHash() == null ? null : now;
        this.mustChangePassword = wanted.mustChangePassword();
        this.emailVerifiedAt = wanted.emailVerified() ? now : null;
        this.platformAdministrator = wanted.platformAdministrator();
        this.createdAt = now;
        this.updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public @Nullable String username() {
        return username;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** Null: no password; signs in in other ways. */
    public @Nullable String passwordHash() {
        return passwordHash;
    }

    public @Nullable Instant passwordChangedAt() {
        return passwordChangedAt;
    }

    public boolean mustChangePassword() {
        return mustChangePassword;
    }

    public boolean emailVerified() {
        return emailVerifiedAt != null;
    }

    /** Whether a code is asked for beside the first proof; as of when the account was read. */
    public boolean twoFactorEnabled() {
        return twoFactorEnabled;
    }

    public boolean platformAdministrator() {
        return platformAdministrator;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public @Nullable String banReason() {
        return banReason;
    }

    public @Nullable Instant banEndsAt() {
        return banEndsAt;
    }

    /** Whether it is shut out at that time. */
    public boolean bannedAt(Instant now) {
        return bannedAt != null && (banEndsAt == null || now.isBefore(banEndsAt));
    }

    /** A new name, address or user name; null: stays as it is. */
    public void describe(@Nullable String newName, @Nullable String newUsername, Instant now) {
        name = newName == null ? name : newName;
        username = newUsername == null ? username : newUsername;
        updatedAt = now;
    }

    /** @param verified whether its owner has shown that mail to it arrives */
    public void changeEmail(String address, boolean verified, Instant now) {
        email = address;
        emailVerifiedAt = verified ? now : null;
        updatedAt = now;
    }

    public void verifyEmail(Instant now) {
        emailVerifiedAt = now;
        updatedAt = now;
    }

    /** @param mustChange whether its owner has to choose another one first */
    public void changePassword(String hash, boolean mustChange, Instant now) {
        passwordHash = hash;
        passwordChangedAt = now;
        mustChangePassword = mustChange;
        updatedAt = now;
    }

    /** The same password in a newer form. */
    void rehash(String hash) {
        passwordHash = hash;
    }

    /** @param until null: for good */
    public void ban(@Nullable String reason, @Nullable Instant until, Instant now) {
        bannedAt = now;
        banReason = reason;
        banEndsAt = until;
        updatedAt = now;
    }

    public void unban(Instant now) {
        bannedAt = null;
        banReason = null;
        banEndsAt = null;
        updatedAt = now;
    }
}
