package dev.objectos.auth.recovery;

import dev.objectos.auth.mail.Languages;
import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.HtmlUtils;

/** What this server's own pages say: in the language that the browser asks for, else in that of the mail which has led there. */
final class PageTexts {

    private static final String BUNDLE = "dev.objectos.auth.recovery.pages";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private final ResourceBundle texts;

    private PageTexts(Locale locale) {
        texts = ResourceBundle.getBundle(BUNDLE, locale, NO_OTHER_LANGUAGE);
    }

    /** @param reader the language of whom the mail was for; asked where the browser wishes for none that is written here */
    static PageTexts of(HttpServletRequest request, Supplier<Optional<Locale>> reader) {
        return new PageTexts(Languages.wished(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)).or(reader)
                .orElse(Locale.ENGLISH));
    }

    /** The tag of the language. */
    String language() {
        Locale locale = texts.getLocale();
        return locale.equals(Locale.ROOT) ? Locale.ENGLISH.toLanguageTag() : locale.toLanguageTag();
    }

    /** A text as HTML. */
    String html(String key) {
        return escaped(texts.getString(key));
    }

    /** Everything that is wrong with a password, as HTML. */
    String reasons(PlatformException refusal) {
        return refusal.fields().stream().map(this::reason).distinct()
                .map(reason -> "<p>" + escaped(reason) + "</p>").collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private String reason(FieldError error) {
        String key = "refused." + error.details().getOrDefault(PasswordPolicy.REASON, error.code());
        return texts.containsKey(key) ? filled(texts.getString(key), error.details()) : error.message();
    }

    private static String filled(String text, Map<String, Object> details) {
        return PLACE.matcher(text).replaceAll(
                place -> Matcher.quoteReplacement(String.valueOf(details.getOrDefault(place.group(1), ""))));
    }
}
