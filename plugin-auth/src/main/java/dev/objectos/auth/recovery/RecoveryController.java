package dev.objectos.auth.recovery;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

/** Forgotten passwords; paths and answers are those of better-auth. */
@RestController
@RequestMapping("/api/auth")
public final class RecoveryController {

    private static final Map<String, Object> ASKED = Map.of("status", true, "message",
            "If there is such an account, its owner gets a mail");

    private final PasswordReset resets;
    private final MailLimits limits;
    private final PublicAddress address;

    public RecoveryController(PasswordReset resets, MailLimits limits, PublicAddress address) {
        this.resets = resets;
        this.limits = limits;
        this.address = address;
    }

    /** What a client sends for a mail with a link. */
    record Request(@Nullable String email, @Nullable String redirectTo) {}

    @PostMapping(path = {"/request-password-reset", "/forget-password"}, consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> ask(@RequestBody Request wanted, HttpServletRequest request) {
        var required = new Required();
        String email = required.text(wanted.email(), "email").strip();
        required.check();
        String redirect = address.targetOrNone(wanted.redirectTo(), "redirectTo", request);
        Client client = Client.of(request);
        limits.count(email, client);
        resets.ask(email, redirect, client);
        return ASKED;
    }

    /** Where the mail's link leads: on to the page that asks for the new password. */
    @TakesParameters(any = true)
    @GetMapping("/reset-password/{token}")
    ResponseEntity<String> follow(@PathVariable String token,
            @RequestParam(name = "callbackURL", required = false) @Nullable String callback,
            HttpServletRequest request, HttpServletResponse response) {
        String target = address.targetOrNone(callback, "callbackURL", request);
        boolean usable = resets.usable(token);
        if (target == null) {
            return page(token, request, response).ask(usable);
        }
        return ResponseEntity.status(HttpStatus.FOUND).header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.LOCATION,
                        Links.with(target, usable ? Map.of("token", token) : Map.of("error", "INVALID_TOKEN")))
                .build();
    }

    /** What a client sends to set a new password. */
    record NewPassword(@Nullable String newPassword, @Nullable String token) {}

    @PostMapping(path = "/reset-password", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> reset(@RequestBody NewPassword wanted,
            @RequestParam(name = "token", required = false) @Nullable String tokenOfQuery, HttpServletRequest request) {
        var required = new Required();
        String password = required.text(wanted.newPassword(), "newPassword");
        String token = required.text(wanted.token() == null ? tokenOfQuery : wanted.token(), "token");
        required.check();
        resets.reset(token, password, Client.of(request));
        return Map.of("status", true);
    }

    /** The same from this server's own page. */
    @TakesParameters(any = true)
    @PostMapping(path = "/reset-password/{token}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> reset(@PathVariable String token,
            @RequestParam(name = "newPassword", required = false) @Nullable String password,
            HttpServletRequest request, HttpServletResponse response) {
        return page(token, request, response)
                .after(() -> resets.reset(token, password == null ? "" : password, Client.of(request)));
    }

    private ResetPage page(String token, HttpServletRequest request, HttpServletResponse response) {
        return new ResetPage(PageTexts.of(request, () -> resets.language(token)), response);
    }
}
