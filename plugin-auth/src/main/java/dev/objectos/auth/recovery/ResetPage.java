package dev.objectos.auth.recovery;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The page for a new password. */
final class ResetPage {

    private static final String FORM = """
            <form method="post"><label>%s
            <input type="password" name="newPassword" autocomplete="new-password" required autofocus></label>
            <button>%s</button></form>""";

    private final PageTexts texts;
    private final MailPage page;

    ResetPage(PageTexts texts, HttpServletResponse response) {
        this.texts = texts;
        this.page = new MailPage(texts, "password.title", response);
    }

    /** Asks, where the link can be used. */
    ResponseEntity<String> ask(boolean usable) {
        return usable ? page.of(HttpStatus.OK, form(), null) : page.unusable();
    }

    /** Says what came of it; of a password that cannot be used, why, and asks again. */
    ResponseEntity<String> after(Runnable change) {
        try {
            change.run();
            return page.saying(HttpStatus.OK, "password.done");
        } catch (PlatformException e) {
            return e.code() == RuntimeError.VALIDATION_FAILED
                    ? page.of(HttpStatus.BAD_REQUEST, texts.reasons(e) + form(), null)
                    : page.unusable();
        }
    }

    private String form() {
        return FORM.formatted(texts.html("password.label"), texts.html("password.button"));
    }
}
