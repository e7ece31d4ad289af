package dev.objectos.auth.limit;

import dev.objectos.auth.limit.RequestLimits.Verdict;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;

/** Tells callers how much is left to them, and refuses those to whom nothing is. */
public final class LimitAnswers {

    private final SecurityEvents events;

    public LimitAnswers(SecurityEvents events) {
        this.events = events;
    }

    /** @throws PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds, where nothing is left */
    void tell(Verdict verdict, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("RateLimit-Limit", Integer.toString(verdict.limit()));
        response.setHeader("RateLimit-Remaining", Long.toString(verdict.remaining()));
        response.setHeader("RateLimit-Reset", Long.toString(verdict.seconds()));
        if (!verdict.admitted()) {
            refuse(verdict, request);
        }
    }

    private void refuse(Verdict verdict, HttpServletRequest request) {
        String kind = verdict.caller().kind().name().toLowerCase(Locale.ROOT);
        if (verdict.news()) {
            Client client = Client.of(request);
            Map<String, String> details = Map.of("by", kind, "limit", Integer.toString(verdict.limit()));
            if (request.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn signedIn) {
                events.emit("requests.limited", signedIn, client, details);
            } else {
                events.emit("requests.limited", null, null, client, details);
            }
        }
        long seconds = Math.max(1, verdict.seconds());
        throw new PlatformException(RuntimeError.RATE_LIMITED, "Too many requests of this " + kind + ", which may make "
                + verdict.limit() + " in a minute; try again in " + seconds + " s").with("retryAfter", seconds);
    }
}
