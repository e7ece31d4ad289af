package dev.objectos.server.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the endpoint of a request among those of its method whose patterns begin with the same two segments, such as
 * {@code /api/data}, and have as many. Spring's own mapping tries every pattern of the server for a path with variables in it.
 * Whatever is not found here at once, refusals included, is left to it.
 */
public final class SegmentIndexedMapping extends RequestMappingHandlerMapping {

    private static final Pattern VARIABLE = Pattern.compile("[{*?]");
    /** Stands for any number of segments, or may hold a slash of its own. */
    private static final Pattern OPEN = Pattern.compile("\\*\\*|\\{\\*|:");

    private static final int ANY = -1;

    private volatile @Nullable Index index;

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        String beginning = beginning(path);
        RequestMethod asked = RequestMethod.resolve(request.getMethod());
        if (beginning == null || asked == null || asked == RequestMethod.OPTIONS) {
            return super.lookupHandlerMethod(path, request);
        }
        Index known = index();
        Endpoint found = known.direct().contains(path)
                ? null
                : best(known.byBeginning().getOrDefault(beginning, List.of()), asked, slashes(path), request);
        if (found == null) {
            return super.lookupHandlerMethod(path, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, found.method());
        handleMatch(found.info(), path, request);
        return found.method();
    }

    /** The only match, or the most specific one where one is. */
    private @Nullable Endpoint best(List<Endpoint> endpoints, RequestMethod asked, int slashes,
            HttpServletRequest request) {
        Endpoint best = null;
        boolean alone = true;
        for (Endpoint endpoint : endpoints) {
            RequestMappingInfo match = endpoint.mayAnswer(asked, slashes)
                    ? getMatchingMapping(endpoint.info(), request)
                    : null;
            if (match == null) {
                continue;
            }
            int order = best == null ? -1 : getMappingComparator(request).compare(match, best.info());
            if (order < 0) {
                best = new Endpoint(match, endpoint.method(), endpoint.slashes());
                alone = true;
            } else if (order == 0) {
                alone = false;
            }
        }
        return alone ? best : null;
    }

    @Override
    protected synchronized void registerHandlerMethod(Object handler, Method method, RequestMappingInfo mapping) {
        super.registerHandlerMethod(handler, method, mapping);
        index = null;
    }

    @Override
    public synchronized void registerMapping(RequestMappingInfo mapping, Object handler, Method method) {
        super.registerMapping(mapping, handler, method);
        index = null;
    }

    @Override
    public synchronized void unregisterMapping(RequestMappingInfo mapping) {
        super.unregisterMapping(mapping);
        index = null;
    }

    private Index index() {
        Index known = index;
        return known == null ? indexed() : known;
    }

    private synchronized Index indexed() {
        var direct = new HashSet<String>();
        var byBeginning = new HashMap<String, List<Endpoint>>();
        var anywhere = new ArrayList<Endpoint>();
        getHandlerMethods().forEach((info, method) -> {
            direct.addAll(getDirectPaths(info));
            for (String pattern : info.getPatternValues()) {
                var endpoint = new Endpoint(info, method, OPEN.matcher(pattern).find() ? ANY : slashes(pattern));
                String beginning = beginning(pattern);
                if (beginning == null || VARIABLE.matcher(beginning).find()) {
                    anywhere.add(endpoint);
                } else {
                    byBeginning.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(endpoint);
                }
            }
        });
        byBeginning.values().forEach(endpoints -> endpoints.addAll(anywhere));
        var made = new Index(Set.copyOf(direct), Map.copyOf(byBeginning));
        index = made;
        return made;
    }

    /** The first two segments of a path, and nothing where it has fewer. */
    private static @Nullable String beginning(String path) {
        int second = path.indexOf('/', 1);
        int third = second < 0 ? -1 : path.indexOf('/', second + 1);
        return third < 0 ? null : path.substring(0, third);
    }

    private static int slashes(String path) {
        int found = 0;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/') {
                found++;
            }
        }
        return found;
    }

    /** @param slashes how many a path has that it answers, or {@link #ANY} */
    private record Endpoint(RequestMappingInfo info, HandlerMethod method, int slashes) {

        boolean mayAnswer(RequestMethod asked, int given) {
            var methods = info.getMethodsCondition().getMethods();
            return (slashes == ANY || slashes == given) && (methods.isEmpty() || methods.contains(asked)
                    || asked == RequestMethod.HEAD && methods.contains(RequestMethod.GET));
        }
    }

    /** @param direct the paths without variables, which Spring's mapping finds by themselves */
    private record Index(Set<String> direct, Map<String, List<Endpoint>> byBeginning) {}
}
