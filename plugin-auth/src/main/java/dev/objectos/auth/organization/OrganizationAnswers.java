package dev.objectos.auth.organization;

import dev.objectos.auth.tenant.Tenant;
import java.util.LinkedHashMap;
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
}
