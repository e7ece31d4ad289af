package dev.objectos.runtime.i18n;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The locales that something is said in, and the choice among them: RFC 4647 lookup, in which a range also finds a region of
 * its language ({@code zh} finds {@code zh-CN}) where nothing comes nearer.
 */
final class Locales {

    /** Longer wishes are not read: nobody who means them writes them. */
    private static final int LONGEST_HEADER = 500;

    private static final int MOST_KNOWN = 1_000;

    private final List<Locale> all;
    private final Map<String, Optional<Locale>> chosen = new ConcurrentHashMap<>();

    Locales(Collection<Locale> locales) {
        all = List.copyOf(new LinkedHashSet<>(locales));
    }

    List<Locale> all() {
        return all;
    }

    /** The best of them for an {@code Accept-Language} (RFC 9110, 12.5.4); empty where it wishes for none of them. */
    Optional<Locale> accepted(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        @Nullable
        Optional<Locale> known = chosen.get(header);
        if (known == null) {
            known = find(ranges(header));
            if (chosen.size() < MOST_KNOWN) {
                chosen.put(header, known);
            }
        }
        return known;
    }

    /** The best of them for a language tag. */
    Optional<Locale> find(Locale wanted) {
        return all.contains(wanted)
                ? Optional.of(wanted)
                : find(ranges(wanted.toLanguageTag()));
    }

    private static List<LanguageRange> ranges(String header) {
        try {
            var ranges = new ArrayList<>(LanguageRange.parse(header));
            ranges.removeIf(range -> range.getWeight() == 0);
            return ranges;
        } catch (IllegalArgumentException _) {
            return List.of(); // a wish that cannot be read is none
        }
    }

    /** @param ranges the dearest first; one of any language ends the search, for whoever asks has a better idea of what is usual */
    private Optional<Locale> find(List<LanguageRange> ranges) {
        for (LanguageRange range : ranges) {
            if (range.getRange().equals("*")) {
                return Optional.empty();
            }
            Optional<Locale> found = lookup(range.getRange()).or(() -> regional(range.getRange()));
            if (found.isPresent()) {
                return found;
            }
        }
        return ranges.stream().map(LanguageRange::getRange).map(range -> regional(range.split("-", 2)[0]))
                .flatMap(Optional::stream).findFirst();
    }

    private Optional<Locale> lookup(String range) {
        for (String tag = range; !tag.isEmpty(); tag = shorter(tag)) {
            for (Locale locale : all) {
                if (locale.toLanguageTag().equalsIgnoreCase(tag)) {
                    return Optional.of(locale);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Locale> regional(String range) {
        return all.stream().filter(
                locale -> locale.toLanguageTag().regionMatches(true, 0, range + "-", 0, range.length() + 1))
                .findFirst();
    }

    /** Without the last part, nor a single letter that would then be the last. */
    private static String shorter(String tag) {
        int end = Math.max(0, tag.lastIndexOf('-'));
        return end > 2 && tag.charAt(end - 2) == '-' ? tag.substring(0, end - 2) : tag.substring(0, end);
    }
}
