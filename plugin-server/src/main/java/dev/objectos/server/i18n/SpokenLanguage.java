package dev.objectos.server.i18n;

import dev.objectos.runtime.i18n.Translations;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets the session of a request speak the language that the request asks for: the best that {@code Accept-Language} finds, or the
 * nearest to what the person has chosen for good.
 */
public final class SpokenLanguage implements HandlerInterceptor {

    private final Catalogs catalogs;

    public SpokenLanguage(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(SessionResolver.ATTRIBUTE) instanceof Session session) {
            request.setAttribute(SessionResolver.ATTRIBUTE, session.speaking(Translations.of(catalogs.current())
                    .choose(request.getHeader("Accept-Language"), session.locale())));
        }
        return true;
    }
}
