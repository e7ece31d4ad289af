package dev.objectos.runtime.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as numbers of seconds. */
final class Spans {

    private static final Map<String, BigDecimal> UNITS = Map.of("d", BigDecimal.valueOf(86_400), "h",
            BigDecimal.valueOf(3_600), "m", BigDecimal.valueOf(60), "s", BigDecimal.ONE, "ms", new BigDecimal("0.001"));
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)(ms|[dhms])");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(86_400L * Numbers.MAX_DAYS);

    private Spans() {}

    /** Seconds of {@code 1h30m}, {@code 3d} or {@code PT72H}; null where the text is none or too long. */
    static @Nullable BigDecimal parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative ? text.substring(1) : text;
        BigDecimal seconds = rest.startsWith("P") ? iso(rest) : parts(rest);
        if (seconds == null || seconds.abs().compareTo(LONGEST) > 0) {
            return null;
        }
        BigDecimal exact = seconds.setScale(6, RoundingMode.DOWN);
        return negative ? exact.negate() : exact;
    }

    private static @Nullable BigDecimal parts(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal seconds = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            seconds = seconds.add(new BigDecimal(part.group(1)).multiply(UNITS.get(part.group(2))));
            at = part.end();
        }
        return text.isEmpty() || at < text.length() ? null : seconds;
    }

    private static @Nullable BigDecimal iso(String text) {
        try {
            return seconds(Duration.parse(text));
        } catch (DateTimeException e) {
            return null; // the caller reports the text
        }
    }

    static Duration duration(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Duration.ofSeconds(whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
    }

    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }
}
