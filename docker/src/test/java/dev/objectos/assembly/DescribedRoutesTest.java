package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.openapi.ApiParts;
import dev.objectos.server.openapi.PathOperation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What controllers answer to and what {@code META-INF/objectos/openapi} of their modules describes is the same. */
class DescribedRoutesTest {

    /** Pages for people, and what only refuses or repeats. */
    private static final Set<String> NOT_FOR_PROGRAMS = Set.of("GET /docs", "GET /docs/docs.js", "GET /graphiql",
            "GET /graphiql/graphiql.js", "GET /error", "POST /api/data/{}/{}", "PUT /api/data/{}/{}",
            "POST /api/actions/{}/{}");

    private final List<Set<String>> answered = answered();
    private final Set<String> described = ApiParts.ofClassPath().described()
            .map(operation -> route(operation.method(), operation.path())).collect(Collectors.toSet());

    @Test
    void everyEndpointIsDescribed() {
        Set<String> missing = answered.stream()
                .filter(ways -> ways.stream()
                        .noneMatch(way -> described.contains(way) || NOT_FOR_PROGRAMS.contains(way)))
                .flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).as("endpoints to describe in META-INF/objectos/openapi/*.yml of their modules").isEmpty();
    }

    @Test
    void whatIsDescribedIsThere() {
        Set<String> all = answered.stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(described).allSatisfy(route -> assertThat(all.contains(route) || route.contains(" /actuator/"))
                .as(route).isTrue());
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(ApiParts.ofClassPath().described().map(PathOperation::json).map(json -> json.get("operationId")))
                .doesNotHaveDuplicates();
    }

    /** For each method of a controller and of HTTP, the routes that lead there. */
    private static List<Set<String>> answered() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var routes = new Routes();
        return scanner.findCandidateComponents("dev.objectos").stream()
                .filter(found -> !String.valueOf(found.getResourceDescription()).contains("test"))
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(String.valueOf(name), null))
                .flatMap(type -> routes.of(type).stream()).toList();
    }

    private static String route(String method, String path) {
        return method + " " + path.replaceAll("\\{[^/}]*}", "{}");
    }

    /** Reads what is mapped of classes, without instances of them. */
    private static final class Routes extends RequestMappingHandlerMapping {

        Routes() {
            afterPropertiesSet();
        }

        @Override
        protected void initHandlerMethods() {
            // There is no context to look into.
        }

        Collection<Set<String>> of(Class<?> type) {
            var found = new ArrayList<Set<String>>();
            MethodIntrospector.selectMethods(type, (Method method) -> mapping(method, type)).values()
                    .forEach(info -> methods(info).forEach(method -> found.add(info.getPatternValues().stream()
                            .map(path -> route(method.name(), path)).collect(Collectors.toSet()))));
            return found;
        }

        private @Nullable RequestMappingInfo mapping(Method method, Class<?> type) {
            return getMappingForMethod(method, type);
        }

        private static Set<RequestMethod> methods(RequestMappingInfo info) {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            return methods.isEmpty() ? Set.of(RequestMethod.GET) : methods;
        }
    }
}
