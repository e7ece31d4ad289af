package dev.objectos.server.idempotency;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.IdempotencyKeys;
import dev.objectos.runtime.spi.IdempotencyKeys.Answer;
import dev.objectos.runtime.spi.IdempotencyKeys.Attempt;
import dev.objectos.runtime.spi.IdempotencyKeys.Claim;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does a write that comes under a key once, and answers it again as it was answered. Stands before every endpoint, so that
 * none needs to know; endpoints that answer from another thread are not repeated.
 */
public final class IdempotencyFilter implements Filter {

    public static final String HEADER = "Idempotency-Key";

    /** Tells that an answer was given before. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern QUERY = Pattern.compile("/api/data/[^/]+/query");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /** What is not the request's doing, and may be otherwise at once. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 429);

    /** Larger answers are made anew of what was done. */
    private static final int LARGEST = 4 << 20;

    private final IdempotencyKeys keys;
    private final JsonBodies bodies;

    /** @param bodies say how large a body may be */
    public IdempotencyFilter(IdempotencyKeys keys, JsonBodies bodies) {
        this.keys = keys;
        this.bodies = bodies;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) servletRequest;
        var response = (HttpServletResponse) servletResponse;
        List<String> given = Collections.list(request.getHeaders(HEADER));
        if (given.isEmpty() || !writes(request)
                || !(request.getAttribute(SessionResolver.ATTRIBUTE) instanceof Session session)) {
            chain.doFilter(request, response);
            return;
        }
        String key = given.getFirst();
        if (given.size() > 1 || !KEY.matcher(key).matches()) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The header " + HEADER + " has 1 to 255 visible ASCII characters, and is given once");
        }
        RepeatableRequest repeatable = RepeatableRequest.of(request, bodies.limit());
        switch (keys.claim(session, key, repeatable.fingerprint(session))) {
            case Claim.Begun(Attempt attempt) -> begin(attempt, repeatable, response, chain);
            case Claim.Answered(Answer answer) -> repeat(answer, response);
            case Claim.Running _ -> {
                response.setHeader("Retry-After", "1");
                throw new PlatformException(RuntimeError.CONCURRENT_UPDATE,
                        "The first request with this " + HEADER + " is still under way; ask again in a moment");
            }
            case Claim.Reused _ -> throw new PlatformException(RuntimeError.IDEMPOTENCY_KEY_REUSED,
                    "This " + HEADER + " was used with another request; give each request a key of its own");
        }
    }

    private static boolean writes(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean serves = path.startsWith("/api/") && !path.startsWith("/api/auth/") || path.equals("/graphql");
        return serves && METHODS.contains(request.getMethod()) && !QUERY.matcher(path).matches();
    }

    private static void begin(Attempt attempt, RepeatableRequest request, HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        var held = new ContentCachingResponseWrapper(response);
        @Nullable
        Answer answer = null;
        try {
            attempt.<@Nullable Void, Exception>run(() -> {
                chain.doFilter(request, held);
                return null;
            });
            answer = answer(request, held);
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            end(attempt, answer);
        }
        held.copyBodyToResponse();
    }

    /** Before the answer is sent: whoever has it may ask again. Its effect stands in any case. */
    private static void end(Attempt attempt, @Nullable Answer answer) {
        try {
            if (answer == null) {
                attempt.release();
            } else {
                attempt.keep(answer);
            }
        } catch (RuntimeException e) {
            LOG.warn("The answer to a request under an {} could not be kept; asked again, it is made anew", HEADER, e);
        }
    }

    private static @Nullable Answer answer(HttpServletRequest request, ContentCachingResponseWrapper held) {
        int status = held.getStatus();
        if (request.isAsyncStarted() || status >= 500 || PASSING.contains(status)
                || held.getContentSize() > LARGEST) {
            return null;
        }
        return new Answer(status, held.getContentType(), held.getHeader("Location"), held.getHeader("ETag"),
                held.getContentAsByteArray());
    }

    private static void repeat(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        header(response, "Location", answer.location());
        header(response, "ETag", answer.etag());
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static void header(HttpServletResponse response, String name, @Nullable String value) {
        if (value != null) {
            response.setHeader(name, value);
        }
    }
}
