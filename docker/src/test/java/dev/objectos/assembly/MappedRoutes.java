package dev.objectos.assembly;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What all controllers of the class path answer to. */
final class MappedRoutes {

    private MappedRoutes() {}

    /** For each method of a controller and of HTTP, the routes that lead there. */
    static List<Set<String>> ofClassPath() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var reader = new Reader();
        return scanner.findCandidateComponents("dev.objectos").stream()
                .filter(found -> !String.valueOf(found.getResourceDescription()).contains("test"))
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(String.valueOf(name), null))
                .flatMap(type -> reader.of(type).stream()).toList();
    }

    /** A route, whatever its variables are called. */
    static String route(String method, String path) {
        return method + " " + path.replaceAll("\\{[^/}]*}", "{}");
    }

    /** Reads what is mapped of classes, without instances of them. */
    private static final class Reader extends RequestMappingHandlerMapping {

        Reader() {
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
