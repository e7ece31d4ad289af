package dev.objectos.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The signed-in clients. */
public interface LoginSessionRepository extends Repository<LoginSession, UUID> {

    LoginSession save(LoginSession session);

    Optional<LoginSession> findByTokenDigest(byte[] tokenDigest);

    void deleteById(UUID id);

    @Modifying
    @Query("delete from LoginSession s where s.expiresAt < :now")
    int deleteExpired(Instant now);
}
