package dev.objectos.auth.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant in which an account may act, as which user record and with which roles. */
@Entity
@Table(name = "membership", schema = "platform")
@IdClass(Membership.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
public class Membership {

    @Id
    @Column(name = "account_id")
    private UUID accountId;

    @Id
    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "user_id")
    private UUID userId;

    private String[] roles;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "banned_at")
    private @Nullable Instant bannedAt;

    @Column(name = "ban_reason")
    private @Nullable String banReason;

    @Column(name = "ban_ends_at")
    private @Nullable Instant banEndsAt;

    private boolean visiting;

    protected Membership() {}

    Membership(UUID accountId, UUID tenantId, UUID userId, Set<String> roles, Instant now) {
        this.accountId = accountId;
        this.tenantId = tenantId;
        this.userId = userId;
        this.roles = sorted(roles);
        this.createdAt = now;
    }

    public UUID accountId() {
        return accountId;
    }

    public UUID tenantId() {
        return tenantId;
    }

    /** The account's record in the tenant's user object. */
    public UUID userId() {
        return userId;
    }

    /** Names of permission sets. */
    public Set<String> roles() {
        return Set.of(roles);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Whether the account may not act in this tenant at that time, whatever it may do elsewhere. */
    public boolean bannedAt(Instant now) {
        return bannedAt != null && (banEndsAt == null || now.isBefore(banEndsAt));
    }

    /** Whether it only says as which record a platform administrator works in a tenant that is not theirs. */
    public boolean visiting() {
        return visiting;
    }

    /** Gives it these roles and no others; a visitor becomes a member. */
    public void grant(Set<String> newRoles) {
        roles = sorted(newRoles);
        visiting = false;
    }

    void visit() {
        roles = new String[0];
        visiting = true;
    }

    /** @param until null: for good */
    public void ban(@Nullable String reason, @Nullable Instant until, Instant now) {
        bannedAt = now;
        banReason = reason;
        banEndsAt = until;
    }

    public void unban() {
        bannedAt = null;
        banReason = null;
        banEndsAt = null;
    }

    private static String[] sorted(Set<String> roles) {
        return roles.stream().sorted().toArray(String[]::new);
    }

    /** What identifies a membership. */
    public record Key(UUID accountId, UUID tenantId) implements Serializable {}
}
