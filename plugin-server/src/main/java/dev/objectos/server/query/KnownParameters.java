package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters of an address that its endpoint does not take, for nothing that is asked for is ignored. It takes what its arguments
 * and {@link TakesParameters} say; one that is handed all parameters as a map, without saying more, looks at them itself.
 */
public final class KnownParameters implements HandlerInterceptor {

    private final boolean trusting;
    private final Map<Method, Optional<Set<String>>> known = new ConcurrentHashMap<>();

    /** @param trusting whether endpoints that are handed the request look at its parameters themselves */
    public KnownParameters(boolean trusting) {
        this.trusting = trusting;
    }

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
    private Optional<Set<String>> taken(HandlerMethod endpoint) {
        List<TakesParameters> said = Stream.of(endpoint.getMethod(), endpoint.getBeanType())
                .map(place -> place.getAnnotation(TakesParameters.class)).filter(Objects::nonNull).toList();
        if (said.isEmpty() ? readsThem(endpoint) : said.stream().anyMatch(TakesParameters::any)) {
            return Optional.empty();
        }
        var names = new TreeSet<String>();
        said.forEach(some -> names.addAll(List.of(some.value())));
        for (MethodParameter parameter : endpoint.getMethodParameters()) {
            RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
            if (declared != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
                names.add(declared.name().isEmpty() ? parameter.getParameter().getName() : declared.name());
            }
        }
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(endpoint.getMethod(), RequestMapping.class);
        for (String condition : mapping == null ? new String[0] : mapping.params()) {
            names.add(condition.split("[!=]", 2)[0]);
        }
        return Optional.of(names);
    }

    private boolean readsThem(HandlerMethod endpoint) {
        return Stream.of(endpoint.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestParam.class)
                        && Map.class.isAssignableFrom(parameter.getParameterType())
                        || trusting && ServletRequest.class.isAssignableFrom(parameter.getParameterType()));
    }
}
