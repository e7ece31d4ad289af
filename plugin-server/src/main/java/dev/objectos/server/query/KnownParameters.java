package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters of an address that its endpoint does not take, for nothing that is asked for is ignored. An endpoint that is
 * handed the request, or all parameters, looks at them itself.
 */
public final class KnownParameters implements HandlerInterceptor {

    private final Map<Method, Optional<Set<String>>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod endpoint) {
            known.computeIfAbsent(endpoint.getMethod(), _ -> taken(endpoint))
                    .ifPresent(names -> check(names, request.getQueryString()));
        }
        return true;
    }

    private static void check(Set<String> names, @Nullable String query) {
        if (!names.containsAll(UrlParameters.parse(query).keySet())) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, names.isEmpty()
                    ? "This endpoint takes no URL parameters"
                    : "This endpoint takes the URL parameters " + names);
        }
    }

    /** The names of all parameters; empty: the endpoint reads them itself. */
    private static Optional<Set<String>> taken(HandlerMethod endpoint) {
        var names = new TreeSet<String>();
        for (MethodParameter parameter : endpoint.getMethodParameters()) {
            RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
            if (ServletRequest.class.isAssignableFrom(parameter.getParameterType())
                    || declared != null && Map.class.isAssignableFrom(parameter.getParameterType())) {
                return Optional.empty();
            }
            if (declared != null) {
                names.add(declared.name());
            }
        }
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(endpoint.getMethod(), RequestMapping.class);
        for (String condition : mapping == null ? new String[0] : mapping.params()) {
            names.add(condition.split("[!=]", 2)[0]);
        }
        return Optional.of(names);
    }
}
