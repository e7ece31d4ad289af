package dev.objectos.auth.administration;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.Rank;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Somebody who belongs to a tenant. */
public record Member(Account account, Membership membership) {

    public Rank rank() {
        return Rank.of(account, membership);
    }

    public UUID tenant() {
        return membership.tenantId();
    }

    /** As security events name them, with what else the event is to tell. */
    public Map<String, String> details(Map<String, String> more) {
        var details = new HashMap<>(more);
        details.put("account", account.id().toString());
        details.put("user", membership.userId().toString());
        return details;
    }
}
