package dev.objectos.auth.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Tells browsers what an answer may load and who may frame it: nothing and nobody, but for the pages that show the API, whose
 * parts come from this server.
 */
public final class ContentPolicy implements HeaderWriter {

    private static final String HEADER = "Content-Security-Policy";
    private static final String NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String PAGES = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        if (path.startsWith("/docs") || path.startsWith("/graphiql")) {
            response.setHeader(HEADER, PAGES);
        } else if (!path.endsWith("/diagram")) {
            // A picture brings its own; two together would leave it without its colours.
            response.setHeader(HEADER, NOTHING);
        }
    }
}
