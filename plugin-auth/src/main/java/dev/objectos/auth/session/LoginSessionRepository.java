package dev.objectos.auth.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The signed-in clients. */
public interface LoginSessionRepository extends Repository<LoginSession, UUID> {

    LoginSession save(LoginSession session);

    Optional<LoginSession> findById(UUID id);

    Optional<LoginSession> findByTokenDigest(byte[] tokenDigest);

    List<LoginSession> findByAccountIdOrderByCreatedAtDesc(UUID accountId);

    List<LoginSession> findByTenantId(UUID tenantId);

    void deleteById(UUID id);

    @Modifying
    @Query("update LoginSession s set s.lastUsedAt = :now where s.id = :id and s.lastUsedAt < :now")
    int used(UUID id, Instant now);

    @Modifying
    @Query("update LoginSession s set s.tenantId = :tenant where s.id = :id")
    int move(UUID id, UUID tenant);

    @Modifying
    @Query("delete from LoginSession s where s.expiresAt < :now or s.lastUsedAt < :idleSince")
    int deleteOver(Instant now, Instant idleSince);
}
