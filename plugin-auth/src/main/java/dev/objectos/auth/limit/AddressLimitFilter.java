package dev.objectos.auth.limit;

import dev.objectos.auth.limit.RequestLimits.Caller;
import dev.objectos.auth.limit.RequestLimits.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits the requests of a network address, before anything is spent on finding out who calls. */
public final class AddressLimitFilter extends OncePerRequestFilter {

    private static final String HEALTH = "/actuator/health";

    private final RequestLimits limits;
    private final LimitAnswers answers;

    public AddressLimitFilter(RequestLimits limits, LimitAnswers answers) {
        this.limits = limits;
        this.answers = answers;
    }

    /** Whoever watches the server has to hear from it, above all when it has much to do. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith(HEALTH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        answers.tell(limits.count(new Caller(Kind.ADDRESS, network(request.getRemoteAddr()))), request, response);
        chain.doFilter(request, response);
    }

    /** The part of an address that somebody has as a whole. */
    static String network(String address) {
        if (address.indexOf(':') < 0 || address.startsWith("::")) {
            return address;
        }
        int end = -1;
        for (int group = 0; group < 4; group++) {
            int next = address.indexOf(':', end + 1);
            if (next < 0 || next == end + 1) {
                return address;
            }
            end = next;
        }
        return address.substring(0, end);
    }
}
