package dev.objectos.auth.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of resources somebody wants to see (RFC 7644, 3.9). One that a resource does not have is not shown.
 *
 * @param only empty: all
 */
record Attributes(Set<String> only, Set<String> without) {

    private static final Set<String> ALWAYS = Set.of("schemas", "id");

    Attributes {
        only = Set.copyOf(only);
        without = Set.copyOf(without);
    }

    static Attributes of(HttpServletRequest request) {
        return new Attributes(names(request.getParameter("attributes")),
                names(request.getParameter("excludedAttributes")));
    }

    /** Without the schema's URN, in lower case. */
    private static Set<String> names(@Nullable String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(",", -1)).map(String::strip)
                        .map(name -> name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /** What is wanted of a resource. */
    Map<String, Object> of(Map<String, Object> resource) {
        var shown = new LinkedHashMap<String, Object>();
        resource.forEach((name, value) -> {
            String path = name.toLowerCase(Locale.ROOT);
            boolean whole = only.isEmpty() || only.contains(path);
            if (ALWAYS.contains(path)) {
                shown.put(name, value);
            } else if (!without.contains(path)
                    && (whole || only.stream().anyMatch(wanted -> wanted.startsWith(path + ".")))) {
                shown.put(name, parts(path, value, whole));
            }
        });
        return shown;
    }

    private Object parts(String path, Object value, boolean whole) {
        return switch (value) {
            case Map<?, ?> complex -> parts(path, complex, whole);
            case List<?> several -> several.stream().map(one -> parts(path, one, whole)).toList();
            default -> value;
        };
    }

    private Map<String, Object> parts(String path, Map<?, ?> complex, boolean whole) {
        var shown = new LinkedHashMap<String, Object>();
        complex.forEach((name, value) -> {
            String part = path + "." + name.toString().toLowerCase(Locale.ROOT);
            if (!without.contains(part) && (whole || only.contains(part))) {
                shown.put(name.toString(), value);
            }
        });
        return shown;
    }
}
