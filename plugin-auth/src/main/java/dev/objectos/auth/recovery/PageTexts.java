package dev.objectos.auth.recovery;

import dev.objectos.auth.password.PasswordPolicy;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.HtmlUtils;

/** What this server's own pages say: in the language that the browser asks for, else in that of the mail which has led there. */
final class PageTexts {

    private static final String BUNDLE = "dev.objectos.auth.recovery.pages";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.JAPANESE, Locale.CHINESE);
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** Longer wishes are not read: nobody who means them writes them. */
    private static final int LONGEST_HEADER = 500;

    private final ResourceBundle texts;

    private PageTexts(Locale locale) {
        texts = ResourceBundle.getBundle(BUNDLE, locale, NO_OTHER_LANGUAGE);
    }

    /** @param reader the language of whom the mail was for; asked where the browser wishes for none that is spoken here */
    static PageTexts of(HttpServletRequest request, Supplier<Optional<Locale>> reader) {
        return new PageTexts(wished(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)).or(reader).orElse(Locale.ENGLISH));
    }

    private static Optional<Locale> wished(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        try {
            List<LanguageRange> ranges = LanguageRange.parse(header).stream().filter(range -> range.getWeight() > 0)
                    .toList();
            return Optional.ofNullable(Locale.lookup(ranges, SPOKEN));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a wish that cannot be read is none
        }
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
