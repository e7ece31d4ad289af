package dev.objectos.runtime.plugin.manifest;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, as limits are written. */
final class Quantities {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB)");

    private Quantities() {}

    /** @throws IllegalArgumentException where there is no unit, or no time */
    static Duration duration(String text) {
        Matcher matcher = match(DURATION, text.strip(), "duration");
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** Bytes; a KB has 1,024. @throws IllegalArgumentException where there is no unit */
    static long size(String text) {
        Matcher matcher = match(SIZE, text.strip().toUpperCase(Locale.ROOT), "size");
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "B" -> number;
            case "KB" -> number << 10;
            case "MB" -> number << 20;
            default -> number << 30;
        };
    }

    private static Matcher match(Pattern pattern, String text, String what) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches() || matcher.group(1).matches("0+")) {
            throw new IllegalArgumentException("'" + Version.shortened(text) + "' is no " + what);
        }
        return matcher;
    }
}
