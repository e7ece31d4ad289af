package dev.objectos.server.discovery;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The path patterns that endpoints answer at, whichever plugin brought them. */
public record MountedPaths(Set<String> patterns) {

    public MountedPaths {
        patterns = Set.copyOf(patterns);
    }

    /** The patterns of every controller. */
    public static MountedPaths of(Collection<RequestMappingHandlerMapping> mappings) {
        return new MountedPaths(mappings.stream().flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .map(RequestMappingInfo::getPatternValues).flatMap(Set::stream).collect(Collectors.toSet()));
    }

    /** Whether something answers at the path or below it. */
    boolean answersAt(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.equals(path) || pattern.startsWith(path + "/"));
    }
}
