package dev.objectos.auth.mail;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The languages in which identity writes to people, in mails and on pages. */
public final class Languages {

    private static final List<Locale> WRITTEN = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.JAPANESE, Locale.CHINESE);

    /** Longer wishes are not read: nobody who means them writes them. */
    private static final int LONGEST_HEADER = 500;

    private Languages() {}

    /**
     * The best of them for whoever asks.
     *
     * @param acceptLanguage the header (RFC 9110, 12.5.4); null: none
     * @return empty where it wishes for none of them
     */
    public static Optional<Locale> wished(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        try {
            List<LanguageRange> ranges = LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0).toList();
            return Optional.ofNullable(Locale.lookup(ranges, WRITTEN));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a wish that cannot be read is none
        }
    }
}
