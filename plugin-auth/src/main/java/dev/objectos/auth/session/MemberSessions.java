package dev.objectos.auth.session;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.UserSessions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sessions that a tenant's members would have. */
public final class MemberSessions implements UserSessions {

    private final AccountRepository accounts;
    private final MembershipRepository memberships;
    private final SessionFactory sessions;

    public MemberSessions(AccountRepository accounts, MembershipRepository memberships, SessionFactory sessions) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.sessions = sessions;
    }

    @Override
    public Optional<Session> of(UUID tenant, String user) {
        return account(tenant, user).flatMap(account -> sessions.session(account, tenant, null, null));
    }

    @Override
    public List<Member> members(UUID tenant) {
        return memberships.members(tenant).stream().map(member -> new Member(member.membership().userId(),
                member.account().name(), member.membership().roles(), member.account().platformAdministrator()))
                .toList();
    }

    private Optional<Account> account(UUID tenant, String user) {
        return FieldValues.id(user)
                .map(id -> memberships.findByTenantIdAndUserId(tenant, id).map(Membership::accountId)
                        .flatMap(accounts::findById))
                .orElseGet(() -> accounts.findByEmail(user).or(() -> accounts.findByUsername(user)));
    }
}
