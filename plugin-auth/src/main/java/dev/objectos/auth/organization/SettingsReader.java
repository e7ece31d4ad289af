package dev.objectos.auth.organization;

import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.auth.tenant.TenantSettings.Registration;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a tenant decides about itself from a request, with everything that is wrong with it. */
final class SettingsReader {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9-]*(:[A-Za-z0-9._-]+)?");
    private static final Pattern DOMAIN = Pattern
            .compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int LONGEST_PASSWORD = 1_024;
    private static final int MOST = 1_000;

    private final List<FieldError> wrong = new ArrayList<>();

    private SettingsReader() {}

    /**
     * The settings with the given members in place of their own; a member that is null goes back to what the server does.
     *
     * @throws PlatformException {@code VALIDATION_FAILED} naming all members that cannot be
     */
    static TenantSettings change(TenantSettings current, JsonNode given) {
        if (!given.isObject()) {
            throw refuse(List.of(new FieldError("settings", "invalid", "settings is an object")));
        }
        ObjectNode merged = STRICT.valueToTree(current);
        given.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(member.getKey(), member.getValue());
            }
        });
        if (given.get("passwordPolicy") instanceof ObjectNode policy) {
            PasswordPolicy own = current.passwordPolicy();
            ObjectNode whole = STRICT.valueToTree(own == null ? PasswordPolicy.DEFAULT : own);
            merged.set("passwordPolicy", whole.setAll(policy));
        }
        var reader = new SettingsReader();
        TenantSettings settings = reader.read(merged);
        if (!reader.wrong.isEmpty()) {
            throw refuse(reader.wrong);
        }
        return settings;
    }

    private static PlatformException refuse(List<FieldError> wrong) {
        return PlatformException.validation(wrong);
    }

    private TenantSettings read(ObjectNode merged) {
        JsonNode registration = merged.get("registration");
        if (registration != null && registration.isString()) {
            merged.put("registration", registration.asString().toUpperCase(Locale.ROOT));
        }
        for (var member : merged.properties()) {
            ObjectNode alone = merged.objectNode();
            alone.set(member.getKey(), member.getValue());
            try {
                STRICT.treeToValue(alone, TenantSettings.class);
            } catch (JacksonException _) {
                wrong(member.getKey(), "is no setting of an organization, or not of this form");
            }
        }
        if (!wrong.isEmpty()) {
            return TenantSettings.NONE;
        }
        TenantSettings settings = STRICT.treeToValue(merged, TenantSettings.class);
        locale(settings.locale());
        zone(settings.timezone());
        policy(settings.passwordPolicy());
        methods(settings.signInMethods());
        Set<String> domains = domains(settings.domains());
        if (settings.registration() == Registration.DOMAINS && (domains == null || domains.isEmpty())) {
            wrong("domains", "is needed where registration is by domains");
        }
        return new TenantSettings(settings.locale(), settings.timezone(), settings.passwordPolicy(),
                settings.signInMethods(), settings.registration(), domains, settings.requireSecondFactor());
    }

    private void locale(@Nullable String tag) {
        try {
            if (tag != null && new Locale.Builder().setLanguageTag(tag).build().getLanguage().isEmpty()) {
                wrong("locale", "is a language tag, such as de-CH");
            }
        } catch (IllformedLocaleException _) {
            wrong("locale", "is a language tag, such as de-CH");
        }
    }

    private void zone(@Nullable String zone) {
        try {
            if (zone != null) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException _) {
            wrong("timezone", "is the name of a time zone, such as Asia/Tokyo");
        }
    }

    private void policy(@Nullable PasswordPolicy policy) {
        if (policy != null && (policy.minLength() < 1 || policy.maxLength() > LONGEST_PASSWORD
                || policy.minLength() > policy.maxLength() || policy.history() < 0 || policy.history() > 100
                || policy.maxAgeDays() < 0)) {
            wrong("passwordPolicy",
                    "asks for 1 to " + LONGEST_PASSWORD + " characters, remembers at most 100 passwords, "
                            + "and has no number below 0");
        }
    }

    private void methods(@Nullable Set<String> methods) {
        if (methods != null && (methods.isEmpty() || methods.size() > MOST
                || !methods.stream().allMatch(method -> METHOD.matcher(method).matches()))) {
            wrong("signInMethods", "is a list of ways of signing in, such as password, at least one; null accepts all");
        }
    }

    private @Nullable Set<String> domains(@Nullable Set<String> domains) {
        if (domains == null) {
            return null;
        }
        var lower = new LinkedHashSet<String>();
        domains.forEach(domain -> lower.add(domain.strip().toLowerCase(Locale.ROOT)));
        if (lower.size() > MOST || !lower.stream().allMatch(domain -> DOMAIN.matcher(domain).matches())) {
            wrong("domains", "is a list of domains of e-mail addresses, such as example.com");
        }
        return lower;
    }

    private void wrong(String setting, String what) {
        wrong.add(new FieldError("settings." + setting, "invalid", setting + " " + what));
    }
}
