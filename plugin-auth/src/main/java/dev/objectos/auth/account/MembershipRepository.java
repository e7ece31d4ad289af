package dev.objectos.auth.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Who may act in which tenant. */
public interface MembershipRepository extends Repository<Membership, Membership.Key> {

    Membership save(Membership membership);

    Optional<Membership> findById(Membership.Key key);

    List<Membership> findByAccountIdOrderByCreatedAtAscTenantIdAsc(UUID accountId);

    List<Membership> findByTenantIdOrderByCreatedAtAscAccountIdAsc(UUID tenantId);

    /** Who belongs to a tenant, with their accounts, the longest first; visitors are not among them. */
    @Query("select new dev.objectos.auth.account.MemberAccount(m, a) from Membership m, Account a "
            + "where a.id = m.accountId and m.tenantId = :tenant and m.visiting = false "
            + "order by m.createdAt, m.accountId")
    List<MemberAccount> members(UUID tenant);

    Optional<Membership> findByTenantIdAndUserId(UUID tenantId, UUID userId);

    void deleteById(Membership.Key key);
}
