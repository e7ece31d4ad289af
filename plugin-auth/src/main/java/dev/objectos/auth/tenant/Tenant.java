package dev.objectos.auth.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An organization whose records nobody else sees. */
@Entity
@Table(name = "tenant", schema = "platform")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
public class Tenant {

    @Id
    private UUID id;

    private String slug;

    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private String settings;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "suspended_at")
    private @Nullable Instant suspendedAt;

    protected Tenant() {}

    public Tenant(UUID id, String slug, String name, TenantSettings settings, Instant now) {
        this.id = id;
        this.slug = slug;
        this.name = name;
        this.settings = settings.json();
        this.createdAt = now;
        this.updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    /** A short name for addresses; unique. */
    public String slug() {
        return slug;
    }

    public String name() {
        return name;
    }

    public TenantSettings settings() {
        return TenantSettings.read(settings);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean suspended() {
        return suspendedAt != null;
    }

    public void describe(String newName, TenantSettings newSettings, Instant now) {
        name = newName;
        settings = newSettings.json();
        updatedAt = now;
    }

    /** Nobody can work in it any more until it is resumed. */
    public void suspend(Instant now) {
        suspendedAt = now;
        updatedAt = now;
    }

    public void resume(Instant now) {
        suspendedAt = null;
        updatedAt = now;
    }
}
