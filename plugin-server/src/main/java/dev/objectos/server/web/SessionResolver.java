package dev.objectos.server.web;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands endpoints the session that the security filter left in the request attribute {@link #ATTRIBUTE}; an
 * endpoint that asks for one cannot be reached without.
 */
public final class SessionResolver implements HandlerMethodArgumentResolver {

    /** Where the session is: the name of its class. */
    public static final String ATTRIBUTE = Session.class.getName();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Session.class;
    }

    @Override
    public Session resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        if (request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof Session session) {
            return session;
        }
        throw new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first");
    }
}
