package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The span of days behind a bucket of time as groups name it: 2026-05-13, 2026-05, 2026-Q2, 2026; a week by its Monday. */
final class DateBucket {

    private static final Pattern FORM = Pattern.compile("(\\d{4})(?:-Q([1-4])|-(\\d{2})(?:-(\\d{2}))?)?");

    private DateBucket() {}

    /** The condition that a date or instant lies in the bucket. */
    static Map<String, Object> condition(String granularity, String bucket) {
        Matcher form = FORM.matcher(bucket);
        try {
            if (form.matches()) {
                int year = Integer.parseInt(form.group(1));
                LocalDate first = form.group(2) != null
                        ? LocalDate.of(year, Integer.parseInt(form.group(2)) * 3 - 2, 1)
                        : LocalDate.of(year, form.group(3) == null ? 1 : Integer.parseInt(form.group(3)),
                                form.group(4) == null ? 1 : Integer.parseInt(form.group(4)));
                LocalDate last = switch (granularity) {
                    case "day" -> first;
                    case "week" -> first.plusDays(6);
                    case "month" -> first.plusMonths(1).minusDays(1);
                    case "quarter" -> first.plusMonths(3).minusDays(1);
                    default -> first.plusYears(1).minusDays(1);
                };
                return Map.of("$gte", first.toString(), "$lte", last.toString());
            }
        } catch (DateTimeException _) {
            // Refused like whatever else is no bucket.
        }
        throw new PlatformException(RuntimeError.INVALID_QUERY, "\"" + bucket + "\" is no " + granularity
                + " as an answer has it, such as 2026-05-13, 2026-05, 2026-Q2 or 2026");
    }
}
