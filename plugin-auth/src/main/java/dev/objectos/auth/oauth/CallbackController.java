package dev.objectos.auth.oauth;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInController;
import dev.objectos.auth.signin.SignInOutcome;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where browsers come back to from providers. */
@RestController
@RequestMapping("/api/auth")
@TakesParameters(any = true)
public final class CallbackController {

    private static final List<String> PARAMETERS = List.of("state", "code", "error", "iss");

    private final OutsideSignIn outside;
    private final SignInAnswers answers;

    public CallbackController(OutsideSignIn outside, SignInAnswers answers) {
        this.outside = outside;
        this.answers = answers;
    }

    /** What a provider has the browser bring. */
    private record Brought(String state, @Nullable String code, @Nullable String error, @Nullable String issuer) {

        static Brought by(HttpServletRequest request) {
            String state = one(request, "state");
            if (state == null) {
                throw new PlatformException(AuthError.STATE_MISMATCH, "No sign-in begins here; begin it in the"
                        + " application");
            }
            return new Brought(state, one(request, "code"), one(request, "error"), one(request, "iss"));
        }

        private static @Nullable String one(HttpServletRequest request, String name) {
            String[] values = request.getParameterValues(name);
            if (values != null && values.length > 1) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST, name + " is given twice");
            }
            return values == null || values[0].isEmpty() ? null : values[0];
        }
    }

    @GetMapping({"/callback/{provider}", "/oauth2/callback/{provider}"})
    ResponseEntity<Void> arrived(@PathVariable String provider, HttpServletRequest request) {
        Brought brought = Brought.by(request);
        String cookie = OutsideSignIn.cookie(brought.state());
        Attempt attempt = outside.resume(provider, brought.state(), SessionCookie.value(request, cookie));
        var headers = new HttpHeaders();
        headers.add(HttpHeaders.SET_COOKIE, SessionCookie.cookie(cookie, "", Duration.ZERO, request));
        headers.setCacheControl(CacheControl.noStore());
        headers.add("Referrer-Policy", "no-referrer");
        try {
            headers.setLocation(URI.create(finish(outside.provider(provider), attempt, brought, headers, request)));
        } catch (PlatformException e) {
            String errorCallback = attempt.errorCallback();
            if (errorCallback == null) {
                throw e;
            }
            headers.setLocation(ProviderHttp.with(URI.create(errorCallback),
                    Map.of("error", code(e), "error_description", e.message())));
        }
        return new ResponseEntity<>(headers, HttpStatus.FOUND);
    }

    /**
     * What a page of the provider posts. A browser posts from there without our cookies, so it is sent on to bring the same by itself.
     */
    @PostMapping(path = {"/callback/{provider}",
            "/oauth2/callback/{provider}"}, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> posted(@PathVariable String provider, HttpServletRequest request) {
        var brought = new LinkedHashMap<String, String>();
        for (String name : PARAMETERS) {
            String value = Brought.one(request, name);
            if (value != null) {
                brought.put(name, value);
            }
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER).cacheControl(CacheControl.noStore())
                .location(ProviderHttp.with(URI.create("/api/auth/callback/" + ProviderHttp.encoded(provider)),
                        brought))
                .build();
    }

    private String finish(OAuthProvider provider, Attempt attempt, Brought brought, HttpHeaders headers,
            HttpServletRequest request) {
        Client client = Client.of(request);
        OutsideIdentity identity;
        try {
            identity = outside.identity(provider, attempt, code(provider, brought), brought.issuer());
        } catch (PlatformException e) {
            outside.failed(provider, client, e);
            throw e;
        }
        UUID account = attempt.account();
        if (account != null) {
            outside.link(provider, identity, account, client);
            return attempt.callback();
        }
        SignInOutcome outcome = outside.arrive(provider, identity, client,
                SessionCookie.value(request, SignInController.DEVICE_COOKIE));
        return switch (outcome) {
            case SignInOutcome.Begun begun -> {
                headers.add(HttpHeaders.SET_COOKIE, answers.cookie(begun.fresh(), request));
                yield attempt.callback();
            }
            // Behind the #, what the page needs for the second step reaches no server and no log.
            case SignInOutcome.Unfinished unfinished -> {
                headers.add(HttpHeaders.SET_COOKIE, answers.cookie(unfinished, request));
                yield attempt.callback().split("#", 2)[0] + "#" + ProviderHttp.form(
                        unfinished.members().entrySet().stream().collect(
                                Collectors.toMap(Map.Entry::getKey, member -> String.valueOf(member.getValue()))));
            }
        };
    }

    private static String code(OAuthProvider provider, Brought brought) {
        String code = brought.code();
        if (brought.error() != null || code == null) {
            throw new PlatformException(AuthError.PROVIDER_REFUSED,
                    "access_denied".equals(brought.error())
                            ? "The sign-in by " + provider.label() + " was cancelled"
                            : provider.label() + " has not shown who you are; sign in again");
        }
        return code;
    }

    private static String code(PlatformException refusal) {
        return refusal.code().kind() == ErrorKind.INTERNAL
                ? "internal"
                : refusal.code().name().toLowerCase(Locale.ROOT);
    }
}
