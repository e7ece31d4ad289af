package dev.objectos.auth.recovery;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.session.Client;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
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
@TakesParameters(any = true)
public final class ConfirmationController {

    static final String PATH = "/api/auth/confirm-email";

    private static final String CALLBACK = "callbackURL";
    private static final String FORM = """
            <p>%s</p>
            <form method="post"><input type="hidden" name="confirm" value="yes"><button>%s</button></form>""";

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
        PageTexts texts = texts(token, request);
        MailPage page = page(texts, response);
        return token != null && proofs.usable(token)
                ? page.of(HttpStatus.OK, FORM.formatted(texts.html("confirm.text"), texts.html("confirm.button")),
                        target == null ? null : origin(target))
                : unusable(target, "INVALID_TOKEN", page);
    }

    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> confirm(@RequestParam(name = "token", required = false) @Nullable String token,
            @RequestParam(name = CALLBACK, required = false) @Nullable String callback, HttpServletRequest request,
            HttpServletResponse response) {
        String target = address.targetOrNone(callback, CALLBACK, request);
        MailPage page = page(texts(token, request), response);
        try {
            proofs.shown(token == null ? "" : token, Client.of(request));
        } catch (PlatformException e) {
            return unusable(target, e.code().name(), page);
        }
        return target == null ? page.saying(HttpStatus.OK, "confirm.done") : onwards(target);
    }

    private PageTexts texts(@Nullable String token, HttpServletRequest request) {
        return PageTexts.of(request, () -> token == null ? Optional.empty() : proofs.language(token));
    }

    private static MailPage page(PageTexts texts, HttpServletResponse response) {
        return new MailPage(texts, "confirm.title", response);
    }

    private static ResponseEntity<String> unusable(@Nullable String target, String code, MailPage page) {
        return target == null
                ? page.unusable()
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
