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

    public void grant(Set<String> newRoles) {
        roles = sorted(newRoles);
    }

    private static String[] sorted(Set<String> roles) {
        return roles.stream().sorted().toArray(String[]::new);
    }

    /** What identifies a membership. */
    public record Key(UUID accountId, UUID tenantId) implements Serializable {}
}
