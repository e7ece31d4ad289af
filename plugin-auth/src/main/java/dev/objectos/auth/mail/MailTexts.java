package dev.objectos.auth.mail;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** The texts of mails, with values in their places, in the language of the reader or else in English. */
final class MailTexts {

    private static final String BUNDLE = "dev.objectos.auth.mail.mails";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="%s"><body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2430">
            <div style="max-width:36em;margin:0 auto;padding:1.5em">
            %s
            </div></body></html>
            """;
    private static final String BUTTON = """
            <p><a href="%s" style="display:inline-block;padding:.6em 1.2em;border-radius:.4em;background:#2456d6;\
            color:#fff;text-decoration:none">%s</a></p>
            """;

    private MailTexts() {}

    /** A mail without its addresses. */
    record Content(String subject, String text, String html) {}

    /** @param values by the names of places; {@code link} becomes a button */
    static Content of(AccountMail mail, Locale locale, Map<String, String> values) {
        var texts = ResourceBundle.getBundle(BUNDLE, locale, NO_OTHER_LANGUAGE);
        String greeting = filled(texts.getString("greeting"), values);
        String body = filled(texts.getString(mail.key() + ".text"), values);
        String ignore = filled(texts.getString(mail.key() + ".otherwise"), values);
        String link = values.get("link");
        String text = String.join("\n\n", greeting, body);
        String html = paragraph(greeting) + paragraph(body);
        if (link != null) {
            text += "\n\n" + link;
            html += BUTTON.formatted(HtmlUtils.htmlEscape(link),
                    HtmlUtils.htmlEscape(texts.getString(mail.key() + ".action")));
        }
        String language = texts.getLocale().toLanguageTag();
        return new Content(filled(texts.getString(mail.key() + ".subject"), values), text + "\n\n" + ignore + "\n",
                PAGE.formatted(language.equals("und") ? "en" : language, html + paragraph(ignore)));
    }

    private static String paragraph(String text) {
        return "<p>" + HtmlUtils.htmlEscape(text) + "</p>\n";
    }

    private static String filled(String text, Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }
}
