package dev.objectos.auth;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Who belongs to which tenant. */
public interface MembershipRepository extends Repository<Membership, Membership.Key> {

    Membership save(Membership membership);

    Optional<Membership> findById(Membership.Key key);

    List<Membership> findByAccountIdOrderByTenantId(UUID accountId);
}
