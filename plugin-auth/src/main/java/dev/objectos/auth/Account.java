package dev.objectos.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who can sign in. */
@Entity
@Table(name = "account", schema = "platform")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
public class Account {

    @Id
    private UUID id;

    private String email;

    private String name;

    @Column(name = "password_hash")
    private @Nullable String passwordHash;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "platform_administrator")
    private boolean platformAdministrator;

    protected Account() {}

    Account(UUID id, String email, String name, String passwordHash, Instant createdAt, boolean platformAdministrator) {
        this.id = id;
        this.email = email;
        this.name = name;
        this.passwordHash = passwordHash;
        this.createdAt = createdAt;
        this.platformAdministrator = platformAdministrator;
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    String name() {
        return name;
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    Instant createdAt() {
        return createdAt;
    }

    boolean platformAdministrator() {
        return platformAdministrator;
    }
}
