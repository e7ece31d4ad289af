package dev.objectos.auth.saml;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInController;
import dev.objectos.auth.signin.SignInOutcome;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** SAML over HTTP; paths and members are those of better-auth. */
@RestController
@RequestMapping("/api/auth")
public final class SamlController {

    static final String COOKIE = "objectos.saml_request";

    private final SamlSignIn saml;
    private final PublicAddress address;
    private final SignInAnswers answers;

    public SamlController(SamlSignIn saml, PublicAddress address, SignInAnswers answers) {
        this.saml = saml;
        this.address = address;
        this.answers = answers;
    }

    @TakesParameters(any = true)
    @GetMapping("/sso/saml2/sp/metadata")
    ResponseEntity<String> metadata(@RequestParam(defaultValue = SamlSignIn.SAML) String providerId,
            HttpServletRequest request) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType("application/samlmetadata+xml"))
                .body(saml.metadata(providerId, address.of(request)));
    }

    /** What a client sends to sign in at a provider. */
    record Wanted(@Nullable String providerId, @Nullable String callbackURL) {}

    @PostMapping(path = "/sign-in/sso", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> begin(@RequestBody Wanted wanted, HttpServletRequest request) {
        var required = new Required();
        String provider = required.text(wanted.providerId(), "providerId");
        required.check();
        SamlSignIn.Begun begun = begin(provider, wanted.callbackURL(), request);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore())
                .header(HttpHeaders.SET_COOKIE, cookie(begun, request))
                .body(Map.of("url", begun.address().toString(), "redirect", true));
    }

    @GetMapping("/sign-in/sso")
    ResponseEntity<Void> redirect(@RequestParam String providerId,
            @RequestParam(required = false) @Nullable String callbackURL, HttpServletRequest request) {
        SamlSignIn.Begun begun = begin(providerId, callbackURL, request);
        return ResponseEntity.status(HttpStatus.FOUND).cacheControl(CacheControl.noStore())
                .header(HttpHeaders.SET_COOKIE, cookie(begun, request)).location(begun.address()).build();
    }

    private SamlSignIn.Begun begin(String provider, @Nullable String callbackUrl, HttpServletRequest request) {
        return saml.begin(provider, address.of(request), address.target(callbackUrl, "callbackURL", request));
    }

    private static String cookie(SamlSignIn.Begun begun, HttpServletRequest request) {
        return SessionCookie.cookie(COOKIE, begun.secret(), SamlSignIn.LIFETIME, request);
    }

    /** What the page of a provider posts. Where to go on was said at the beginning; {@code RelayState} is not looked at. */
    @TakesParameters(any = true)
    @PostMapping(path = "/sso/saml2/callback/{provider}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> posted(@PathVariable String provider,
            @RequestParam(name = "SAMLResponse") String response, HttpServletRequest request) {
        String code = saml.receive(provider, response, address.of(request), Client.of(request));
        return ResponseEntity.status(HttpStatus.SEE_OTHER).cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .location(URI.create("/api/auth/sso/saml2/finish?code=" + code)).build();
    }

    @TakesParameters(any = true)
    @GetMapping("/sso/saml2/finish")
    ResponseEntity<Void> finish(@RequestParam String code, HttpServletRequest request) {
        SamlSignIn.Finished finished = saml.finish(code, SessionCookie.value(request, COOKIE), Client.of(request),
                SessionCookie.value(request, SignInController.DEVICE_COOKIE));
        var headers = new HttpHeaders();
        headers.setCacheControl(CacheControl.noStore());
        headers.add("Referrer-Policy", "no-referrer");
        headers.add(HttpHeaders.SET_COOKIE, SessionCookie.cookie(COOKIE, "", Duration.ZERO, request));
        headers.setLocation(URI.create(switch (finished.outcome()) {
            case SignInOutcome.Begun begun -> {
                headers.add(HttpHeaders.SET_COOKIE, answers.cookie(begun.fresh(), request));
                yield finished.callback();
            }
            // Behind the #, what the page needs for the second step reaches no server and no log.
            case SignInOutcome.Unfinished unfinished -> finished.callback().split("#", 2)[0] + "#"
                    + unfinished.members().entrySet().stream()
                            .map(member -> member.getKey() + "="
                                    + URLEncoder.encode(String.valueOf(member.getValue()), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"));
        }));
        return new ResponseEntity<>(headers, HttpStatus.FOUND);
    }
}
