package dev.objectos.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signed-in client. Its token is known by its digest alone. */
@Entity
@Table(name = "login_session", schema = "platform")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
public class LoginSession {

    @Id
    private UUID id;

    @Column(name = "token_digest")
    private byte[] tokenDigest;

    @Column(name = "account_id")
    private UUID accountId;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "ip_address")
    private @Nullable String ipAddress;

    @Column(name = "user_agent")
    private @Nullable String userAgent;

    protected LoginSession() {}

    LoginSession(UUID id, byte[] tokenDigest, UUID accountId, UUID tenantId, Instant createdAt, Instant expiresAt,
            @Nullable String ipAddress, @Nullable String userAgent) {
        this.id = id;
        this.tokenDigest = tokenDigest.clone();
        this.accountId = accountId;
        this.tenantId = tenantId;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.ipAddress = ipAddress;
        this.userAgent = userAgent;
    }

    UUID id() {
        return id;
    }

    UUID accountId() {
        return accountId;
    }

    UUID tenantId() {
        return tenantId;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    @Nullable
    String ipAddress() {
        return ipAddress;
    }

    @Nullable
    String userAgent() {
        return userAgent;
    }
}
