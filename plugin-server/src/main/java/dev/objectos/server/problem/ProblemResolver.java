package dev.objectos.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers for whatever an endpoint, or the search for one, threw. */
public final class ProblemResolver implements HandlerExceptionResolver, Ordered {

    /** A protocol with a form of its own for refusals comes before. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception failure) {
        if (failure instanceof IOException) {
            // Reading refuses with a PlatformException, so this is an answer that its reader did not wait for.
            return new ModelAndView();
        }
        if (response.isCommitted()) {
            // Left to the container, which tells the caller by closing the connection.
            return null;
        }
        try {
            Problems.answer(request, response, failure);
        } catch (IOException _) {
            // Nobody is there to be told.
        }
        return new ModelAndView();
    }
}
