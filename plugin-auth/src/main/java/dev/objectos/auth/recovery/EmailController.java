package dev.objectos.auth.recovery;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Addresses that their owners confirm; paths and answers are those of better-auth. */
@RestController
@RequestMapping("/api/auth")
public final class EmailController {

    private static final String CALLBACK = "callbackURL";

    private final EmailProofs proofs;
    private final EmailChange changes;
    private final MailLimits limits;
    private final PublicAddress address;

    public EmailController(EmailProofs proofs, EmailChange changes, MailLimits limits, PublicAddress address) {
        this.proofs = proofs;
        this.changes = changes;
        this.limits = limits;
        this.address = address;
    }

    /** @param email null: that of whoever asks */
    record Request(@Nullable String email, @Nullable String callbackURL) {}

    @PostMapping(path = "/send-verification-email", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> ask(@RequestBody Request wanted, HttpServletRequest request,
            @RequestAttribute(name = SignedIn.ATTRIBUTE, required = false) @Nullable SignedIn self) {
        var required = new Required();
        String own = self == null ? null : self.account().email();
        String email = required.text(wanted.email() == null ? own : wanted.email(), "email").strip();
        required.check();
        String callback = address.targetOrNone(wanted.callbackURL(), CALLBACK, request);
        limits.count(email, Client.of(request));
        proofs.askAgain(email, callback);
        return Map.of("status", true);
    }

    /** For clients that take the token from a mail by themselves; mails lead to {@link ConfirmationController}. */
    @TakesParameters(any = true)
    @GetMapping("/verify-email")
    ResponseEntity<Map<String, Object>> follow(@RequestParam(name = "token", required = false) @Nullable String token,
            @RequestParam(name = CALLBACK, required = false) @Nullable String callback, HttpServletRequest request) {
        String target = address.targetOrNone(callback, CALLBACK, request);
        if (target == null) {
            return ResponseEntity.ok(shown(token, request));
        }
        try {
            shown(token, request);
            return redirect(target);
        } catch (PlatformException e) {
            return redirect(Links.with(target, Map.of("error", e.code().name())));
        }
    }

    private static ResponseEntity<Map<String, Object>> redirect(String target) {
        return ResponseEntity.status(HttpStatus.FOUND).header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.LOCATION, target).build();
    }

    /** What a client sends that has taken the token from the mail's link. */
    record Token(@Nullable String token) {}

    @TakesParameters(any = true)
    @PostMapping(path = "/verify-email", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> show(@RequestBody Token wanted, HttpServletRequest request) {
        return shown(wanted.token(), request);
    }

    private Map<String, Object> shown(@Nullable String given, HttpServletRequest request) {
        var required = new Required();
        String token = required.text(given, "token");
        required.check();
        var answer = new LinkedHashMap<String, Object>(Map.of("status", true));
        answer.putAll(proofs.shown(token, Client.of(request)));
        return answer;
    }

    /** What a client sends to change its owner's address. */
    record Change(@Nullable String newEmail, @Nullable String callbackURL) {}

    @PostMapping(path = "/change-email", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> change(@RequestBody Change wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        var required = new Required();
        String email = required.text(wanted.newEmail(), "newEmail").strip();
        required.check();
        List<FieldError> wrong = EmailAddress.violations(email, "newEmail");
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
        String callback = address.targetOrNone(wanted.callbackURL(), CALLBACK, request);
        Client client = Client.of(request);
        limits.count(email, client);
        changes.ask(self, email, callback, client);
        return Map.of("status", true);
    }
}
