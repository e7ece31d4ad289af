package dev.objectos.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
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

    protected Membership() {}

    Membership(UUID accountId, UUID tenantId, UUID userId, Set<String> roles) {
        this.accountId = accountId;
        this.tenantId = tenantId;
        this.userId = userId;
        this.roles = roles.toArray(String[]::new);
    }

    UUID tenantId() {
        return tenantId;
    }

    UUID userId() {
        return userId;
    }

    Set<String> roles() {
        return Set.of(roles);
    }

    /** What identifies a membership. */
    public record Key(UUID accountId, UUID tenantId) implements Serializable {}
}
