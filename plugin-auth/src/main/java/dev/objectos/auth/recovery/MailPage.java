package dev.objectos.auth.recovery;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** This server's own pages, where links in mails lead that lead to no application: a form, and nothing that runs. */
final class MailPage {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="%1$s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%2$s</title><style>body{font:16px/1.5 sans-serif;max-width:24em;margin:4em auto;padding:0 1em}
            input,button{display:block;font:inherit;width:100%%;box-sizing:border-box;margin:.5em 0;padding:.5em}</style>
            </head><body><h1>%2$s</h1>%3$s</body></html>
            """;

    private final PageTexts texts;
    private final String title;
    private final HttpServletResponse response;

    /**
     * @param title key of the text that heads the page
     * @param response whose policy for other answers gives way: of two, browsers would keep both
     */
    MailPage(PageTexts texts, String title, HttpServletResponse response) {
        this.texts = texts;
        this.title = title;
        this.response = response;
    }

    /** A page that says one thing. */
    ResponseEntity<String> saying(HttpStatus status, String key) {
        return of(status, "<p>" + texts.html(key) + "</p>", null);
    }

    /** Of a link that is too old. */
    ResponseEntity<String> unusable() {
        return saying(HttpStatus.BAD_REQUEST, "unusable");
    }

    /**
     * A page.
     *
     * @param content as HTML
     * @param onwards origin to which the form's answer may send the browser on; null: none but this server's
     */
    ResponseEntity<String> of(HttpStatus status, String content, @Nullable String onwards) {
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
                        + (onwards == null ? "" : " " + onwards) + "; frame-ancestors 'none'; base-uri 'none'");
        return ResponseEntity.status(status).contentType(HTML)
                .header(HttpHeaders.CONTENT_LANGUAGE, texts.language())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .body(PAGE.formatted(texts.language(), texts.html(title), content));
    }
}
