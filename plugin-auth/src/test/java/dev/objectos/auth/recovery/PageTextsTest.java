package dev.objectos.auth.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** What the pages behind mails say, and in which language. */
final class PageTextsTest {

    private static final PasswordPolicy STRICT = new PasswordPolicy(12, 14, true, true, true, true, 0, 0);

    private static PageTexts asked(@Nullable String acceptLanguage, @Nullable Locale reader) {
        var request = new MockHttpServletRequest();
        if (acceptLanguage != null) {
            request.addHeader("Accept-Language", acceptLanguage);
        }
        return PageTexts.of(request, () -> Optional.ofNullable(reader));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"de-AT, en;q=0.5|ja|de", "zh-Hans-CN|de|zh", "fr, ja;q=0.3, en;q=0.1|de|ja",
            "en-GB|de|en", "fr|de-CH|de", "de;q=0, fr|ja|ja", "*|zh-CN|zh", ";;q=x|ja|ja", "|de|de", "fr|it|en"})
    void areInTheLanguageOfTheBrowserOrElseOfTheMail(@Nullable String header, String reader, String language) {
        assertThat(asked(header, Locale.forLanguageTag(reader)).language()).isEqualTo(language);
    }

    @Test
    void areInEnglishForWhoeverIsNotKnown() {
        assertThat(asked(null, null).html("confirm.button")).isEqualTo("Confirm");
        assertThat(asked("x".repeat(600), null).language()).isEqualTo("en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "ja", "zh"})
    void sayEverythingInEachLanguage(String language) {
        Set<String> english = bundle(Locale.ROOT).keySet();
        var spoken = bundle(Locale.forLanguageTag(language));
        assertThat(spoken.keySet()).isEqualTo(english);
        assertThat(english).allSatisfy(key -> assertThat(spoken.getString(key)).as(key)
                .isNotEqualTo(bundle(Locale.ROOT).getString(key)));
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("dev.objectos.auth.recovery.pages", locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    @Test
    void tellEveryReasonOnce() {
        List<FieldError> wrong = STRICT.violations("\u00df", "newPassword");
        assertThat(asked("de", null).reasons(PlatformException.validation(wrong))).isEqualTo(
                "<p>Das Passwort braucht mindestens 12 Zeichen.</p><p>Das Passwort braucht einen Gro\u00dfbuchstaben.</p>"
                        + "<p>Das Passwort braucht eine Ziffer.</p><p>Das Passwort braucht ein Sonderzeichen.</p>");
        assertThat(asked("en", null).reasons(PlatformException.validation(
                List.of(new FieldError("newPassword", "another", "Because of <this>")))))
                .isEqualTo("<p>Because of &lt;this&gt;</p>");
    }
}
