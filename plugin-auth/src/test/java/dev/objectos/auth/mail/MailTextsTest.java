package dev.objectos.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MailTextsTest {

    private static final Map<String, String> VALUES = Map.of("email", "a@b.example", "newEmail", "c@d.example", "link",
            "https://erp.example.com/?a=1&b=2");

    @ParameterizedTest
    @EnumSource
    void isThereInEveryLanguage(AccountMail mail) {
        MailTexts.Content english = MailTexts.of(mail, Locale.ENGLISH, Map.of("email", "a@b.example"));
        assertThat(english.text()).contains("Hello,").doesNotContain("{email}");
        for (String language : new String[]{"de", "zh-CN", "ja"}) {
            MailTexts.Content translated = MailTexts.of(mail, Locale.forLanguageTag(language), Map.of());
            assertThat(translated.subject()).as(language).isNotEqualTo(english.subject());
            assertThat(translated.html()).contains("lang=\"" + language.substring(0, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"de-AT, Ein neues Passwort wählen", "zh-Hans-CN, 设置新密码", "ja-JP, 新しいパスワードの設定",
            "fr, Choose a new password", "und, Choose a new password"})
    void readsAsItsReaderDoes(String tag, String subject) {
        assertThat(MailTexts.of(AccountMail.RESET_PASSWORD, Locale.forLanguageTag(tag), VALUES).subject())
                .isEqualTo(subject);
    }

    @Test
    void takesValuesForTextAndNothingElse() {
        MailTexts.Content mail = MailTexts.of(AccountMail.CONFIRM_EMAIL, Locale.ENGLISH,
                Map.of("newEmail", "<b>$1{link}@d.example", "link", "https://erp.example.com/?a=1&b=\"2"));
        assertThat(mail.text()).contains("<b>$1{link}@d.example", "\n\nhttps://erp.example.com/?a=1&b=\"2\n\n");
        assertThat(mail.html())
                .contains("&lt;b&gt;$1{link}@d.example", "href=\"https://erp.example.com/?a=1&amp;b=&quot;2\"")
                .doesNotContain("<b>");
    }
}
