package dev.objectos.auth.organization;

import dev.objectos.auth.account.Membership;
import dev.objectos.auth.administration.Member;
import dev.objectos.auth.tenant.Tenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is answered about tenants, in the shapes of better-auth. */
final class OrganizationAnswers {

    private OrganizationAnswers() {}

    static Map<String, @Nullable Object> organization(Tenant tenant) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", tenant.id());
        answer.put("name", tenant.name());
        answer.put("slug", tenant.slug());
        answer.put("logo", null);
        answer.put("metadata", null);
        answer.put("suspended", tenant.suspended());
        answer.put("createdAt", tenant.createdAt());
        return answer;
    }

    /** With what the tenant has decided about itself, for those who may decide it. */
    static Map<String, @Nullable Object> withSettings(Tenant tenant) {
        Map<String, @Nullable Object> answer = organization(tenant);
        answer.put("settings", tenant.settings());
        return answer;
    }

    static Map<String, @Nullable Object> member(Member member, Instant now) {
        Membership membership = member.membership();
        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("id", membership.userId());
        user.put("name", member.account().name());
        user.put("email", member.account().email());
        user.put("image", null);
        List<String> roles = membership.roles().stream().sorted().toList();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", membership.userId());
        answer.put("organizationId", membership.tenantId());
        answer.put("userId", membership.userId());
        answer.put("role", String.join(",", roles));
        answer.put("roles", roles);
        answer.put("banned", membership.bannedAt(now));
        answer.put("createdAt", membership.createdAt());
        answer.put("user", user);
        return answer;
    }
}
