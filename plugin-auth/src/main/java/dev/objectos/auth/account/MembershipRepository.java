package dev.objectos.auth.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Who may act in which tenant. */
public interface MembershipRepository extends Repository<Membership, Membership.Key> {

    Membership save(Membership membership);

    Optional<Membership> findById(Membership.Key key);

    List<Membership> findByAccountIdOrderByCreatedAtAscTenantIdAsc(UUID accountId);

    List<Membership> findByTenantIdOrderByCreatedAtAscAccountIdAsc(UUID tenantId);

    Optional<Membership> findByTenantIdAndUserId(UUID tenantId, UUID userId);

    void deleteById(Membership.Key key);
}
