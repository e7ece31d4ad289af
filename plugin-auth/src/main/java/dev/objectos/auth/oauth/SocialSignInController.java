package dev.objectos.auth.oauth;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInController;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where ways to providers begin; paths and members are those of better-auth. */
@RestController
@RequestMapping("/api/auth")
public final class SocialSignInController {

    private final OutsideSignIn outside;
    private final AuthConfigurations configuration;
    private final PublicAddress address;
    private final SignInAnswers answers;

    public SocialSignInController(OutsideSignIn outside, AuthConfigurations configuration, PublicAddress address,
            SignInAnswers answers) {
        this.outside = outside;
        this.configuration = configuration;
        this.address = address;
        this.answers = answers;
    }

    /** The ways of signing in that a page may offer. */
    @GetMapping("/providers")
    Map<String, Object> providers() {
        List<Map<String, String>> providers = outside.providers().stream()
                .map(provider -> Map.of("id", provider.name(), "label", provider.label(), "method", provider.method()))
                .toList();
        return Map.of("local", configuration.get().local().enabled(), "providers", providers);
    }

    /** A token that a client has got from the provider by itself, such as an application on a telephone. */
    record IdToken(@Nullable String token, @Nullable String nonce) {}

    /** What a client sends to sign in by a provider; either name of the provider will do. */
    record Wanted(@Nullable String provider, @Nullable String providerId, @Nullable String callbackURL,
            @Nullable String errorCallbackURL, @Nullable Boolean disableRedirect, @Nullable IdToken idToken) {

        String name(String field) {
            var required = new Required();
            String name = required.text(provider == null ? providerId : provider, field);
            required.check();
            return name;
        }
    }

    @PostMapping(path = "/sign-in/social", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> social(@RequestBody Wanted wanted, HttpServletRequest request) {
        return signIn(wanted, wanted.name("provider"), request);
    }

    @PostMapping(path = "/sign-in/oauth2", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> oauth2(@RequestBody Wanted wanted, HttpServletRequest request) {
        return signIn(wanted, wanted.name("providerId"), request);
    }

    private ResponseEntity<Map<String, Object>> signIn(Wanted wanted, String name, HttpServletRequest request) {
        OAuthProvider provider = outside.provider(name);
        IdToken idToken = wanted.idToken();
        if (idToken == null) {
            return begin(wanted, provider, null, request);
        }
        var required = new Required();
        String token = required.text(idToken.token(), "idToken.token");
        required.check();
        return answers.of(outside.arrive(provider, outside.identity(provider, token, idToken.nonce()),
                Client.of(request), SessionCookie.value(request, SignInController.DEVICE_COOKIE)), request);
    }

    /** The account that somebody is signed in to is theirs at that provider too. */
    @PostMapping(path = "/link-social", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> link(@RequestBody Wanted wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        return begin(wanted, outside.provider(wanted.name("provider")), self.account().id(), request);
    }

    private ResponseEntity<Map<String, Object>> begin(Wanted wanted, OAuthProvider provider, @Nullable UUID account,
            HttpServletRequest request) {
        String callback = address.target(wanted.callbackURL(), "callbackURL", request);
        String errorCallback = wanted.errorCallbackURL() == null
                ? null
                : address.target(wanted.errorCallbackURL(), "errorCallbackURL", request);
        OutsideSignIn.Begun begun = outside.begin(provider, address.of(request), callback, errorCallback, account);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore())
                .header(HttpHeaders.SET_COOKIE, SessionCookie.cookie(begun.cookie(), begun.secret(),
                        OutsideSignIn.LIFETIME, request))
                .body(Map.of("url", begun.address().toString(), "redirect",
                        !Boolean.TRUE.equals(wanted.disableRedirect())));
    }
}
