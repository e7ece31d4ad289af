package dev.objectos.server.endpoint;

import dev.objectos.server.openapi.CodeEndpoint;
import dev.objectos.server.openapi.PathOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** The endpoints of a plugin's controllers, for descriptions. */
final class MountedOperations {

    private MountedOperations() {}

    static List<PathOperation> of(String plugin, Map<RequestMappingInfo, HandlerMethod> handlers) {
        var found = new ArrayList<CodeEndpoint>();
        handlers.forEach((route, handler) -> {
            Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
            List<String> produces = route.getProducesCondition().getProducibleMediaTypes().stream()
                    .map(MediaType::toString).toList();
            for (String path : route.getPatternValues()) {
                for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                    found.add(new CodeEndpoint(plugin + "_" + handler.getMethod().getName(), plugin, method.name(),
                            path, asked(handler), takesBody(handler), produces));
                }
            }
        });
        found.sort(Comparator.comparing(CodeEndpoint::path).thenComparing(CodeEndpoint::method));
        return numbered(found).stream().map(CodeEndpoint::operation).toList();
    }

    /** Several of one name are told apart by number. */
    private static List<CodeEndpoint> numbered(List<CodeEndpoint> endpoints) {
        Map<String, Long> often = endpoints.stream()
                .collect(Collectors.groupingBy(CodeEndpoint::name, Collectors.counting()));
        var named = new ArrayList<CodeEndpoint>();
        for (CodeEndpoint one : endpoints) {
            named.add(often.getOrDefault(one.name(), 1L) == 1
                    ? one
                    : new CodeEndpoint(one.name() + "_" + (named.size() + 1), one.owner(), one.method(), one.path(),
                            one.asks(), one.takesBody(), one.produces()));
        }
        return named;
    }

    private static Map<String, Object> asked(HandlerMethod handler) {
        var asked = new LinkedHashMap<String, Object>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam wanted = parameter.getParameterAnnotation(RequestParam.class);
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            String name = wanted == null || wanted.name().isEmpty() ? parameter.getParameterName() : wanted.name();
            if (wanted != null && name != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
                boolean needed = wanted.required() && wanted.defaultValue().equals(ValueConstants.DEFAULT_NONE);
                asked.put(needed ? name : name + "?", type(parameter.getParameterType()));
            }
        }
        return asked;
    }

    private static String type(@Nullable Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        return type == int.class || type == Integer.class || type == long.class || type == Long.class
                ? "integer"
                : "string";
    }

    private static boolean takesBody(HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                return true;
            }
        }
        return false;
    }
}
