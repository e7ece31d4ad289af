package dev.objectos.auth.limit;

import dev.objectos.auth.limit.RequestLimits.Caller;
import dev.objectos.auth.limit.RequestLimits.Kind;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.token.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits the requests of whoever has shown who they are: of the person or the API key, and of the tenant. */
public final class CallerLimitFilter extends OncePerRequestFilter {

    private final RequestLimits limits;
    private final LimitAnswers answers;
    private final SessionCookie cookies;

    public CallerLimitFilter(RequestLimits limits, LimitAnswers answers, SessionCookie cookies) {
        this.limits = limits;
        this.answers = answers;
        this.cookies = cookies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn signedIn) {
            RequestLimits.Verdict tenant = limits
                    .count(new Caller(Kind.TENANT, signedIn.session().tenant().toString()));
            if (!tenant.admitted()) {
                answers.tell(tenant, request, response);
            }
            answers.tell(limits.count(caller(signedIn, request)), request, response);
        }
        chain.doFilter(request, response);
    }

    private Caller caller(SignedIn signedIn, HttpServletRequest request) {
        String credential = signedIn.login() == null ? cookies.credential(request) : null;
        return credential == null
                ? new Caller(Kind.USER, signedIn.account().id().toString())
                : new Caller(Kind.KEY, HexFormat.of().formatHex(Tokens.digest(credential)));
    }
}
