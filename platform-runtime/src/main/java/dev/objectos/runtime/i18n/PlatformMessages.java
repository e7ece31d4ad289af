package dev.objectos.runtime.i18n;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the platform itself says to people in other languages than English, by the codes of errors. */
final class PlatformMessages {

    /** English is what the code says, and the others have a file each. */
    static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE, Locale.JAPANESE);

    private static final String BUNDLE = "dev.objectos.runtime.i18n.messages";
    private static final Control NO_OTHER_LANGUAGE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private PlatformMessages() {}

    /** What is said in that language for a code; empty where nothing but English is there. */
    static Optional<String> template(String code, Locale locale) {
        var texts = ResourceBundle.getBundle(BUNDLE, locale, NO_OTHER_LANGUAGE);
        return texts.containsKey(code) ? Optional.of(texts.getString(code)) : Optional.empty();
    }

    /** The template with its places filled; empty where one of them is about something that is not known. */
    static Optional<String> fill(String template, Map<String, Object> details) {
        Matcher places = PLACE.matcher(template);
        var filled = new StringBuilder();
        while (places.find()) {
            Object value = details.get(places.group(1));
            if (value == null) {
                return Optional.empty();
            }
            places.appendReplacement(filled, Matcher.quoteReplacement(value.toString()));
        }
        return Optional.of(places.appendTail(filled).toString());
    }
}
