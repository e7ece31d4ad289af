package dev.objectos.auth.oauth;

import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.registration.RegistrationProperties;
import dev.objectos.auth.registration.RegistrationRules;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a page for signing in shows, in the shape of the official client's types. */
@RestController
@RequestMapping("/api/auth")
public final class SignInPageController {

    private final OutsideSignIn outside;
    private final AuthConfigurations configuration;
    private final RegistrationRules rules;
    private final RegistrationProperties registration;

    public SignInPageController(OutsideSignIn outside, AuthConfigurations configuration, RegistrationRules rules,
            RegistrationProperties registration) {
        this.outside = outside;
        this.configuration = configuration;
        this.rules = rules;
        this.registration = registration;
    }

    @GetMapping("/config")
    Map<String, Object> config() {
        List<Map<String, Object>> providers = outside.providers().stream().map(SignInPageController::shown).toList();
        return Map.of("emailPassword", Map.of("enabled", configuration.get().local().enabled(), "disableSignUp",
                !rules.admitsSomebody(), "requireEmailVerification", registration.verifyEmail()), "socialProviders",
                providers, "features", Map.of("twoFactor", true, "organization", true));
    }

    private static Map<String, Object> shown(OAuthProvider provider) {
        return Map.of("id", provider.name(), "name", provider.label(), "enabled", true, "type",
                provider.kind() == OAuthProvider.Kind.OIDC ? "oidc" : "social");
    }

    /** Whether the server has its first administrator: the start makes one before anybody is answered. */
    @GetMapping("/bootstrap-status")
    Map<String, Boolean> bootstrapStatus() {
        return Map.of("hasOwner", true);
    }
}
