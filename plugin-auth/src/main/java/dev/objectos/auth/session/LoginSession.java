package dev.objectos.auth.session;

import dev.objectos.auth.token.Tokens;
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

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    private String method;

    @Column(name = "impersonator_id")
    private @Nullable UUID impersonatorId;

    protected LoginSession() {}

    LoginSession(UUID id, byte[] tokenDigest, NewLogin wanted, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.tokenDigest = tokenDigest.clone();
        this.accountId = wanted.account().id();
        this.tenantId = wanted.tenant();
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.lastUsedAt = createdAt;
        this.method = wanted.method();
        this.impersonatorId = wanted.impersonator();
        this.ipAddress = wanted.client().ipAddress();
        this.userAgent = wanted.client().userAgent();
    }

    public UUID id() {
        return id;
    }

    public UUID accountId() {
        return accountId;
    }

    public UUID tenantId() {
        return tenantId;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /** To the minute or so. */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    /** How its owner showed who they are, such as {@code password}. */
    public String method() {
        return method;
    }

    /** The account of the administrator who acts as its owner. */
    public @Nullable UUID impersonatorId() {
        return impersonatorId;
    }

    public @Nullable String ipAddress() {
        return ipAddress;
    }

    public @Nullable String userAgent() {
        return userAgent;
    }

    /** Whether clients mean it by that: they know it by its id, and its own client by its token too. */
    public boolean isNamed(String idOrToken) {
        return id.toString().equals(idOrToken) || hasDigest(Tokens.digest(idOrToken));
    }

    boolean hasDigest(byte[] digest) {
        return java.util.Arrays.equals(tokenDigest, digest);
    }

    byte[] tokenDigest() {
        return tokenDigest.clone();
    }
}
