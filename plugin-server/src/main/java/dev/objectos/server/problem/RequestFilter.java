package dev.objectos.server.problem;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.RequestOrigin;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The outermost filter: names the request, notes where it came from, and answers for whatever other filters throw. */
public final class RequestFilter implements Filter {

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException {
        var request = (HttpServletRequest) servletRequest;
        var response = (HttpServletResponse) servletResponse;
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        try {
            refuseNul(request.getQueryString());
            ScopedValue.where(RequestOrigin.CURRENT, origin(request)).call(() -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException e) {
            Problems.answer(request, response, e.getRootCause() == null ? e : e.getRootCause());
        } catch (IOException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            Problems.answer(request, response, e);
        }
    }

    /** No text that is stored holds one, so that nothing can be asked for by it; the database would call it a fault. */
    private static void refuseNul(@Nullable String query) {
        if (query != null && query.contains("%00")) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The address holds a NUL character, which no text has");
        }
    }

    private static RequestOrigin origin(HttpServletRequest request) {
        return new RequestOrigin(request.getRemoteAddr(), request.getHeader("User-Agent"), RequestId.of(request));
    }
}
