package dev.objectos.auth.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.objectos.auth.password.PasswordPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a tenant has decided about itself; null: as the server does.
 *
 * @param locale BCP 47 tag, such as {@code de-CH}
 * @param timezone IANA name, such as {@code Asia/Tokyo}
 * @param passwordPolicy of its members
 * @param signInMethods ways of signing in that it accepts, such as {@code password}, {@code saml}; null: all
 * @param registration who may make an account for themselves
 * @param domains of the e-mail addresses that may, where it is {@code DOMAINS}
 * @param requireSecondFactor whether members have to have one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantSettings(@Nullable String locale, @Nullable String timezone,
        @Nullable PasswordPolicy passwordPolicy, @Nullable Set<String> signInMethods,
        @Nullable Registration registration, @Nullable Set<String> domains, @Nullable Boolean requireSecondFactor) {

    /** As the server does. */
    public static final TenantSettings NONE = new TenantSettings(null, null, null, null, null, null, null);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    public TenantSettings {
        signInMethods = signInMethods == null ? null : Set.copyOf(signInMethods);
        domains = domains == null ? null : Set.copyOf(domains);
    }

    /** Who may make an account for themselves. */
    public enum Registration {
        CLOSED, INVITATION, DOMAINS, OPEN
    }

    static TenantSettings read(String json) {
        return MAPPER.readValue(json, TenantSettings.class);
    }

    String json() {
        return MAPPER.writeValueAsString(this);
    }

    /** Whether its members may sign in so. */
    public boolean accepts(String method) {
        return signInMethods == null || signInMethods.contains(method);
    }
}
