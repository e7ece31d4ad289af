package dev.objectos.auth.recovery;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** This server's own page for a new password, for mails that lead to no application: a form, and nothing that runs. */
final class ResetPage {

    static final String FORM = """
            <form method="post"><label>New password
            <input type="password" name="newPassword" autocomplete="new-password" required autofocus></label>
            <button>Change the password</button></form>""";
    static final String UNUSABLE = "<p>This link is too old or was used already. Ask for another one.</p>";

    private static final String CHANGED = "<p>The password was changed. You can sign in with it now.</p>";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>New password</title><style>body{font:16px/1.5 sans-serif;max-width:24em;margin:4em auto;padding:0 1em}
            input,button{display:block;font:inherit;width:100%%;box-sizing:border-box;margin:.5em 0;padding:.5em}</style>
            </head><body><h1>New password</h1>%s</body></html>
            """;
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'";

    private ResetPage() {}

    static ResponseEntity<String> of(String content) {
        return page(HttpStatus.OK, content);
    }

    /** The page that says what came of it; of a password that cannot be used, why, and the form again. */
    static ResponseEntity<String> after(Runnable change) {
        try {
            change.run();
            return page(HttpStatus.OK, CHANGED);
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.VALIDATION_FAILED) {
                return page(HttpStatus.BAD_REQUEST, UNUSABLE);
            }
            return page(HttpStatus.BAD_REQUEST, "<p>" + HtmlUtils.htmlEscape(e.message()) + "</p>" + FORM);
        }
    }

    private static ResponseEntity<String> page(HttpStatus status, String content) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_HTML)
                .header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer")
                .body(PAGE.formatted(content));
    }
}
