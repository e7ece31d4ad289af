package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.ItemPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often one person may run an action.
 *
 * @param times how often
 * @param within in which time, beginning with the first run in it
 */
public record RateLimit(int times, Duration within) {

    private static final Map<String, Duration> KEYS = Map.of("requests_per_minute", Duration.ofMinutes(1),
            "requests_per_hour", Duration.ofHours(1), "requests_per_day", Duration.ofDays(1));

    /** The shortest first. */
    static List<RateLimit> read(ItemPart action) {
        ItemPart written = action.get("rate_limit");
        var limits = new TreeMap<Duration, RateLimit>();
        KEYS.forEach((key, within) -> {
            ItemPart times = written == null ? null : written.get(key);
            if (times != null && times.value() instanceof Number number) {
                limits.put(within, new RateLimit(number.intValue(), within));
            }
        });
        return new ArrayList<>(limits.values());
    }
}
