package dev.objectos.runtime.resource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;

/** How often a plugin has exceeded its limits of late, and what follows from that. */
final class Conduct {

    private final LimitProperties properties;
    private final ViolationPolicy policy;
    private final Clock clock;
    private final ArrayDeque<Instant> violations = new ArrayDeque<>();
    private volatile Standing standing = Standing.GOOD;

    Conduct(LimitProperties properties, ViolationPolicy policy, Clock clock) {
        this.properties = properties;
        this.policy = policy;
        this.clock = clock;
    }

    /** What is done about a plugin. */
    record Measure(ViolationPolicy policy, String reason) {}

    /** How it stands now; what was done about it ends by itself. */
    Standing standing() {
        Standing now = standing;
        if (now.over(clock.instant())) {
            standing = Standing.GOOD;
            return Standing.GOOD;
        }
        return now;
    }

    /** Notes a violation. @return what is done about it, where it is one too many */
    synchronized Optional<Measure> violated(String what) {
        Instant now = clock.instant();
        violations.add(now);
        while (violations.getFirst().isBefore(now.minus(properties.window()))) {
            violations.remove();
        }
        if (violations.size() < properties.violations() || policy == ViolationPolicy.WARN
                || standing().kind() == Standing.Kind.SUSPENDED) {
            return Optional.empty();
        }
        violations.clear();
        return Optional.of(new Measure(policy, punish(what, now)));
    }

    private String punish(String what, Instant now) {
        Instant until = policy == ViolationPolicy.DISABLE ? Instant.MAX : now.plus(properties.pause());
        String often = properties.violations() == 1 ? "once" : properties.violations() + " times";
        String why = often + " within " + seconds(properties.window()) + " beyond its limits, the last time: " + what;
        String reason = switch (policy) {
            case WARN, DISABLE -> "Disabled: " + why;
            case THROTTLE, SUSPEND -> (policy == ViolationPolicy.THROTTLE ? "Throttled" : "Suspended") + " until "
                    + until.truncatedTo(ChronoUnit.SECONDS) + ": " + why;
        };
        standing = new Standing(
                policy == ViolationPolicy.THROTTLE ? Standing.Kind.THROTTLED : Standing.Kind.SUSPENDED, until, reason);
        return reason;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,d s", duration.toSeconds());
    }
}
