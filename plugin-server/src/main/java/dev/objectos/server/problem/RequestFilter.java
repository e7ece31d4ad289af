package dev.objectos.server.problem;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The outermost filter: names the request and answers for whatever other filters throw. */
public final class RequestFilter implements Filter {

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException {
        var request = (HttpServletRequest) servletRequest;
        var response = (HttpServletResponse) servletResponse;
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        try {
            chain.doFilter(request, response);
        } catch (ServletException e) {
            Problems.answer(request, response, e.getRootCause() == null ? e : e.getRootCause());
        } catch (RuntimeException | StackOverflowError e) {
            Problems.answer(request, response, e);
        }
    }
}
