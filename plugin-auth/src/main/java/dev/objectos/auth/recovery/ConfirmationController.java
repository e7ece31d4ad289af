package dev.objectos.auth.recovery;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.session.Client;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where mails lead that ask to confirm something: a page with a button. Programs that look through mails follow links, and would
 * confirm what no person has read; they press no buttons.
 */
@RestController
@RequestMapping(ConfirmationController.PATH)
public final class ConfirmationController {

    static final String PATH = "/api/auth/confirm-email";

    private static final String CALLBACK = "callbackURL";
    private static final String TITLE = "Confirm your e-mail address";
    private static final String FORM = """
            <p>Press the button to confirm that this mail has reached you.</p>
            <form method="post"><input type="hidden" name="confirm" value="yes"><button>Confirm</button></form>""";
    private static final String CONFIRMED = "<p>Thank you. The address is confirmed.</p>";

    private final EmailProofs proofs;
    private final PublicAddress address;

    public ConfirmationController(EmailProofs proofs, PublicAddress address) {
        this.proofs = proofs;
        this.address = address;
    }

    @GetMapping
    ResponseEntity<String> ask(@RequestParam(name = "token", required = false) @Nullable String token,
            @RequestParam(name = CALLBACK, required = false) @Nullable String callback, HttpServletRequest request,
            HttpServletResponse response) {
        String target = address.targetOrNone(callback, CALLBACK, request);
        return token != null && proofs.usable(token)
                ? MailPage.of(HttpStatus.OK, TITLE, FORM, target == null ? null : origin(target), response)
                : unusable(target, "INVALID_TOKEN", response);
    }

    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> confirm(@RequestParam(name = "token", required = false) @Nullable String token,
            @RequestParam(name = CALLBACK, required = false) @Nullable String callback, HttpServletRequest request,
            HttpServletResponse response) {
        String target = address.targetOrNone(callback, CALLBACK, request);
        try {
            proofs.shown(token == null ? "" : token, Client.of(request));
        } catch (PlatformException e) {
            return unusable(target, e.code().name(), response);
        }
        return target == null ? MailPage.of(HttpStatus.OK, TITLE, CONFIRMED, response) : onwards(target);
    }

    private static ResponseEntity<String> unusable(@Nullable String target, String code,
            HttpServletResponse response) {
        return target == null
                ? MailPage.of(HttpStatus.BAD_REQUEST, TITLE, MailPage.UNUSABLE, response)
                : onwards(Links.with(target, Map.of("error", code)));
    }

    private static ResponseEntity<String> onwards(String target) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.LOCATION, target).build();
    }

    /** Of another site; null: a path of this one. */
    private static @Nullable String origin(String target) {
        URI url = URI.create(target);
        return url.getHost() == null ? null : url.getScheme() + "://" + url.getRawAuthority();
    }
}
