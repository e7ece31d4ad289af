package dev.objectos.auth.transport;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Refuses parameters of an address that its endpoint does not declare, for nothing that is asked for is ignored. An endpoint that
 * takes them all as a map looks at them itself.
 */
public final class DeclaredParameters implements HandlerInterceptor {

    private final Set<String> shared;
    private final Map<Method, Optional<Set<String>>> known = new ConcurrentHashMap<>();

    /** @param shared names that every endpoint takes */
    public DeclaredParameters(Set<String> shared) {
        this.shared = Set.copyOf(shared);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod endpoint) {
            known.computeIfAbsent(endpoint.getMethod(), this::taken).ifPresent(names -> check(names,
                    ServletUriComponentsBuilder.fromRequest(request).build().getQueryParams().keySet()));
        }
        return true;
    }

    private static void check(Set<String> taken, Collection<String> given) {
        if (!taken.containsAll(given)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, taken.isEmpty()
                    ? "This endpoint takes no URL parameters"
                    : "This endpoint takes the URL parameters " + String.join(", ", taken));
        }
    }

    /** Empty: the endpoint looks at them itself. */
    private Optional<Set<String>> taken(Method endpoint) {
        var names = new TreeSet<>(shared);
        for (Parameter parameter : endpoint.getParameters()) {
            RequestParam declared = parameter.getAnnotation(RequestParam.class);
            if (declared != null && Map.class.isAssignableFrom(parameter.getType())) {
                return Optional.empty();
            }
            if (declared != null) {
                names.add(declared.name().isEmpty() ? parameter.getName() : declared.name());
            }
        }
        return Optional.of(names);
    }
}
