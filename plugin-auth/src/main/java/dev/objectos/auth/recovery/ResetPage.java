package dev.objectos.auth.recovery;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** The page for a new password. */
final class ResetPage {

    static final String FORM = """
            <form method="post"><label>New password
            <input type="password" name="newPassword" autocomplete="new-password" required autofocus></label>
            <button>Change the password</button></form>""";

    private static final String TITLE = "New password";
    private static final String CHANGED = "<p>The password was changed. You can sign in with it now.</p>";

    private ResetPage() {}

    static ResponseEntity<String> of(String content, HttpServletResponse response) {
        return MailPage.of(HttpStatus.OK, TITLE, content, response);
    }

    /** The page that says what came of it; of a password that cannot be used, why, and the form again. */
    static ResponseEntity<String> after(Runnable change, HttpServletResponse response) {
        try {
            change.run();
            return MailPage.of(HttpStatus.OK, TITLE, CHANGED, response);
        } catch (PlatformException e) {
            String content = e.code() == RuntimeError.VALIDATION_FAILED
                    ? "<p>" + HtmlUtils.htmlEscape(e.message()) + "</p>" + FORM
                    : MailPage.UNUSABLE;
            return MailPage.of(HttpStatus.BAD_REQUEST, TITLE, content, response);
        }
    }
}
