package dev.objectos.auth.recovery;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** This server's own pages, where links in mails lead that lead to no application: a form, and nothing that runs. */
final class MailPage {

    /** Of a link that is too old. */
    static final String UNUSABLE = "<p>This link is too old or was used already. Ask for another one.</p>";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title><style>body{font:16px/1.5 sans-serif;max-width:24em;margin:4em auto;padding:0 1em}
            input,button{display:block;font:inherit;width:100%%;box-sizing:border-box;margin:.5em 0;padding:.5em}</style>
            </head><body><h1>%1$s</h1>%2$s</body></html>
            """;

    private MailPage() {}

    static ResponseEntity<String> of(HttpStatus status, String title, String content, HttpServletResponse response) {
        return of(status, title, content, null, response);
    }

    /**
     * A page.
     *
     * @param onwards origin to which the form's answer may send the browser on; null: none but this server's
     * @param response whose policy for other answers gives way: of two, browsers would keep both
     */
    static ResponseEntity<String> of(HttpStatus status, String title, String content, @Nullable String onwards,
            HttpServletResponse response) {
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
                        + (onwards == null ? "" : " " + onwards) + "; frame-ancestors 'none'; base-uri 'none'");
        return ResponseEntity.status(status).contentType(MediaType.TEXT_HTML).body(PAGE.formatted(title, content));
    }
}
